"""From a question to what is meant."""
