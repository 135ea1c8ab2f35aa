"""Who is talking, since when, and how much of it."""
