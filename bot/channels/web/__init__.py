"""One folder a channel."""
