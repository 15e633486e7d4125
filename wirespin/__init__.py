r"""wirespin, the engine: texts in, findings with offsets out. It knows no broker and no clock.

>>> from wirespin import compare
>>> event = compare("Headline\n\nThe minister said ...", "Headline\n\nThe minister claimed ...")
>>> event.framing.altered, event.reuse.level
"""

from wirespin.comparison import compare

__all__ = ["compare"]
