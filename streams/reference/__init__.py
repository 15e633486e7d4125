"""Reference pages made from the code: settings, topics, records, commands, errors, devices, the engine in Python.

They are made anew whenever the documentation is built, so nothing of them can be out of date.
"""

from streams.reference.pages import pages

__all__ = ["pages"]
