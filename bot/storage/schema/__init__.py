"""The schema: all tables, those of a part of the house in a file of their own."""
