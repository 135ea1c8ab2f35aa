"""Journey 4: the citizen taps, photographs and answers one question at a time; the form is filled in."""
