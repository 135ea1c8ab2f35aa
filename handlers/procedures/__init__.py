"""The journey from a question to a list."""
