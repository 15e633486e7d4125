"""All workers at once, as the broker sees them: who has which partition, how far it is, how fast it goes."""
