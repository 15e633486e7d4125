"""Feeds: which there are, when each is fetched, by whom, and how its articles reach the ingest topic."""
