"""Where dossiers come from: our embedded desk, tables of clerks, made-up ones to try."""
