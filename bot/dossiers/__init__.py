"""Dossiers held here: our own desk, tables of clerks, figures, made-up ones to try."""
