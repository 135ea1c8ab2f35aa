"""What a handler may raise beside our own bugs, which nobody catches below the edge."""


class StaleButton(Exception):
    """A button that means nothing any more: of another version, or about something that is gone."""
