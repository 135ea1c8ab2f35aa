"""One person on several channels."""
