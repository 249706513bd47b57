"""The inside of a trade: its course, its excursion, what the market said."""
