"""A comparison as a page that a person can read, check, print and pass on."""

from wirespin.page.page import Sections, render, sections, style_hash

__all__ = ["Sections", "render", "sections", "style_hash"]
