"""Finding reuse: shingles, sketches, the rolling index, alignment, and the verdict on a pair."""
