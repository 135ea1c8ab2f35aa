"""Channels: one file each, that turns what a messenger sends into Incoming and a Reply into its messages."""
