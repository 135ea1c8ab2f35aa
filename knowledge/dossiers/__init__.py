"""Codes, states, post and deadlines of dossiers."""
