"""The outbox: messages that are owed, handed over exactly once in effect. It knows no dossier.

enqueue  writes what is owed, in the transaction of what it tells
claim, send, settle   from waiting to sent
sweep    what got stuck: dead workers, unread notices, channels that are gone
ledger   what the clerk and the citizen may ask

A notice goes waiting -> claimed -> sent. A claim that was not sent goes back to waiting; of one whose end
nobody knows (doubtful) a reminder is sent. It may also end as refused, given_up, superseded or stopped.
"""
