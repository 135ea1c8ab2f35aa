"""Keeping the catalogue true: dumps of the national portal, and what differs between two catalogues."""
