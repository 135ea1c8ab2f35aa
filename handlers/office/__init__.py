"""Greeting, hours and small talk."""
