"""The reports benchmark: a hundred reports over an account of a hundred thousand trades."""
