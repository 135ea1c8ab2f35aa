"""How things are said: languages and their texts; days, sums and lines as people write them here."""
