"""What can be wrong with an archive, or with the place it is to be restored to."""

__all__ = ["ArchiveError"]


class ArchiveError(Exception):
    """Its text is a sentence for a person and says what to do. Nothing has been written."""
