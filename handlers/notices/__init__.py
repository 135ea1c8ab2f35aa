"""Following, and what a notice says."""
