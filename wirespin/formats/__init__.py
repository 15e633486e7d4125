"""Agencies' own formats and web archives: bytes to articles, or a clear error. No file and no socket is opened."""
