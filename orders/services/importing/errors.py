"""Why a step of an import was not taken."""

__all__ = ["ImportRefused"]


class ImportRefused(Exception):
    """Its text is a sentence for a person. Nothing has been written."""
