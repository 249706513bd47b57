"""Trades from fills: round trips, their legs, what they cost. Pure arithmetic in won and shares."""
