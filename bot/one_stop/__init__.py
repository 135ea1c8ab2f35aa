"""Dossiers from one-stop software: pushed in messages, or looked up in its system."""
