"""Forms and how they are filled in."""
