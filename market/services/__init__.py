"""What changes the market's tables, and what asks the broker about the market."""
