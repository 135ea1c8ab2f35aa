"""Procedures as the national portal's dump tells them, taken over without reading them."""

from knowledge.portal.procedure import procedure, read

__all__ = ["procedure", "read"]
