"""One typesetter, its templates beside it."""
