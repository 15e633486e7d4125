"""Stories: where an article lives, what it is compared with, who was first, and which events stand."""
