"""One folder a channel: it turns what a messenger sends into Incoming, and a Reply into its messages."""
