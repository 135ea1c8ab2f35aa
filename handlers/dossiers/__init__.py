"""The journey of a dossier's state."""
