"""Tables, sealing, migrations."""
