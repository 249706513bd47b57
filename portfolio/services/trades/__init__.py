"""Keeping trades: derived from facts as they arrive, their rows and rollups kept in step."""
