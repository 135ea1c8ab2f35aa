"""What a typed line says, kind by kind; which of them counts, `handlers.typed` decides."""
