"""When notices may go out, and what expires."""
