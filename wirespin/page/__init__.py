"""A comparison as a page that a person can read, check, print and pass on."""

from wirespin.page.page import render

__all__ = ["render"]
