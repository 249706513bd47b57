"""Screening: conditions that pick shares from the board, and the watchlists of the account."""
