"""What the clerk at the desk is told."""
