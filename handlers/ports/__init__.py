"""What a handler may use of the outside: knowledge, and narrow ports to the rest."""
