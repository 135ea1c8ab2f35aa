"""What a button says when it is pressed: it comes back as a text that the person could have typed.

So nothing is meant by it that the person may not do: our actions never prove anything.
"""

START = "mc:"


def payload(choice: str) -> str:
    """The text of a button for that choice."""
    return START + choice


def choice(text: str) -> str:
    """The choice that a text is; "": somebody typed it."""
    return text.removeprefix(START) if text.startswith(START) else ""
