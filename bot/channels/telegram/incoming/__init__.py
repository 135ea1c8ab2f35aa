"""What comes from Telegram: updates, what is attached to them, and those that wait."""
