"""The vocabulary that all journeys share."""
