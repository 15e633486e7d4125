"""Asking the live web politely and safely: for feeds, for article pages, for anything a stranger names."""
