"""Whether a line looks like what a blank asks for."""
