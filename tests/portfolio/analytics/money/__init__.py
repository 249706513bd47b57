"""Costs and returns, by hand."""
