"""The tokens of the Official Account: asked for, renewed ahead, and never lost by us.

A refresh token is good once. Whoever renews takes the turn in the database first, commits the new pair
before anybody uses it, and keeps the one before. Any number of processes on any number of hosts may try.
"""
