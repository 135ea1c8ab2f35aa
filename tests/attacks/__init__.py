"""What strangers did to the server, each attack with honest people beside it. `python -m tests.attacks`."""
