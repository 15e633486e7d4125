"""Feeds and pages of the web, from bytes to articles. Nothing here opens a socket or reads a clock."""
