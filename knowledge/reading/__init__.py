"""What a typed line does, read in its context: see `reading.read`."""
