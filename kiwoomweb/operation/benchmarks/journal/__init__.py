"""The journal benchmark: one account with a million fills, a hundred thousand trades and as many notes."""
