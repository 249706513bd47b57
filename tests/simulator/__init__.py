"""The practice broker."""
