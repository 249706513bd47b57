"""The desk of one symbol."""
