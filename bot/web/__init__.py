"""The web entrance: the chat page, its messages and events, health."""
