"""What we know: data files and pure functions."""
