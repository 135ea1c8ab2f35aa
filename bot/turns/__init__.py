"""One message, and the effects of a turn."""
