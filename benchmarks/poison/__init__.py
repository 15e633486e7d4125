"""Bad input by the hundred thousand: what is sent, and whether a running worker accounts for all of it."""
