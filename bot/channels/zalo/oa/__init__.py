"""The Official Account: events come in by a signed webhook, messages go out by its OpenAPI."""
