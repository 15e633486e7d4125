"""Who republishes whom, how altered, how fast: counted from the events that stand."""
