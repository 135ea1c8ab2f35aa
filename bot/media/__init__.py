"""Codes in photographs, voices."""
