"""English words without a meaning of their own, and those that every report has."""

from wirespin.framing.lexicon import word_set

STOPWORDS = word_set("stopwords")
