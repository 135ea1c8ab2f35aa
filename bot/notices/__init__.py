"""What is owed to whom, and how it reads at the moment it goes out."""
