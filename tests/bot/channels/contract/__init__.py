"""What every channel has to do, and a driver a channel: its person's side, against its fake server."""
