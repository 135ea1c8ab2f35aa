"""Notices: what people are owed, handed over exactly once in effect, and what became of each.

owing    what a change of a dossier owes to whom; stop
claiming, settling   from waiting to sent
sweep    what got stuck: dead workers, unread notices, channels that are gone
ledger   what the clerk and the citizen may ask
digest   reminders, together and at most once a day

A notice goes waiting -> claimed -> sent. A claim that was not sent goes back to waiting; of one whose end
nobody knows (doubtful) a reminder is sent. It may also end as refused, given_up, superseded or stopped.
"""
