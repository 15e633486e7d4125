"""The word-difference model: which text of a pair is the more slanted, what it learned from and what it is worth."""
