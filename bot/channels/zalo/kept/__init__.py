"""What Zalo tells us, kept before it is acknowledged and worked off afterwards, for both its channels."""
