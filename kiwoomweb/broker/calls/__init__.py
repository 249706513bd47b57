"""Typed calls: the TRs that have earned a meaning, one file a subject."""
