"""The framing comparison: did a copy alter how its original tells the story, and what shows it."""

from wirespin.framing.compare import compare_framing
from wirespin.framing.decide import DEFAULT, Thresholds
from wirespin.framing.view import FramingView

__all__ = ["DEFAULT", "FramingView", "Thresholds", "compare_framing"]
