"""Conditions and watchlists of the demo account."""
