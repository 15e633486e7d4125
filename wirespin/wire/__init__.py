"""wirespin/wire."""
