"""Zalo: the Official Account, the Bot Platform, and what they share."""
