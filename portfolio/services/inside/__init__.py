"""Keeping the inside of trades: bars fetched, excursions measured, the market noted at the moment of a fill."""
