"""The rolling index beside datasketch, rensa and gaoya on the same texts: ``python -m benchmarks.window``."""
