"""What can be wrong with a whole file or with one cell, each as a sentence that says what to do."""

__all__ = ["BadCell", "Unreadable"]


class Unreadable(Exception):
    """The file cannot be read at all. Its text is for a person."""


class BadCell(Exception):
    """A cell that means nothing where it stands. Its text is for a person; the row is refused, not guessed."""
