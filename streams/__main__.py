"""``python -m streams`` is the command ``wirespin``."""

from streams.cli import main

if __name__ == "__main__":
    main(prog_name="wirespin")
