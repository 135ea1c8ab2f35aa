"""A person's own data, voice and pictures."""
