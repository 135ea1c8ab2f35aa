"""What is the office's own."""
