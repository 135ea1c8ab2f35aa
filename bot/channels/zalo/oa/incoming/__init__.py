"""From the webhook to the conversation: signed, stored, answered, in that order."""
