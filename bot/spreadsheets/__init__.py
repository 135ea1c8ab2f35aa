"""Tables as clerks write them."""
