"""What leaves the pipeline for other people's programs: the Atom feed of alerts, and webhooks."""
