"""A typed line in its context: what it does, best reading first."""
