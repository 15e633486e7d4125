"""The three stages as coroutines over a stream. They are handed their records, state and outlet, and know no broker."""
