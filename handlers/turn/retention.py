"""How long what is held about a person is kept: the texts name these numbers, the edge keeps to them."""

DRAFT_DAYS = 14  # a form without an answer
PRINTED_DAYS = 30  # a form that was printed
BACKUP_DAYS = 7  # what was erased, in the copies of the database: docs/deploy keeps one for each weekday
IDLE_MINUTES = 10  # a session on a shared computer without a message
REPLY_DAYS = 2  # what was answered, to send it again after a broken connection
LINK_MINUTES = 10  # a code that links two channels of one person, from when it is shown
