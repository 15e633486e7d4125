"""An alert with everything it rests on, in one file that can be checked without us."""
