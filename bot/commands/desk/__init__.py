"""The commands of a clerk at the desk."""
