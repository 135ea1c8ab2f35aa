"""Old and new places."""
