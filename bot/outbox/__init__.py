"""Enqueue, claim, send, settle, sweep: it knows no dossier."""
