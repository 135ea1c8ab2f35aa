"""What a table found and changed: written, kept for its undoing, and undone as a whole."""
