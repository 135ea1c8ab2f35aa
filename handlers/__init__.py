"""What we say: conversations, the same on every channel."""
