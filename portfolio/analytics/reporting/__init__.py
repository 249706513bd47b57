"""When reports are due, by the market's calendar."""
