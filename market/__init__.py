"""The market: instruments, quotes, candles, and the live path from the broker's socket to the browser."""
