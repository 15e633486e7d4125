"""One adapter for each engine, all with the same small protocol."""
