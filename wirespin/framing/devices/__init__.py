"""One module for each way of altering the framing: a definition, and `find(pair) -> list[Finding]`."""
