"""Reading the market's tables."""
