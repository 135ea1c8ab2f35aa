"""What a procedure asks of a person in their own case, as blocks: pure functions of a `Matter`."""
