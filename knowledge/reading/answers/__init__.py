"""A typed line as an answer to what was asked."""
