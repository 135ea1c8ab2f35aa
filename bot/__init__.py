"""How it runs: channels, storage, processes."""
