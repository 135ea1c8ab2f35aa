"""Procedures as the national portal's dump tells them, taken over without reading them."""

from knowledge.portal.procedure import procedure, read
from knowledge.portal.words import words

__all__ = ["procedure", "read", "words"]
