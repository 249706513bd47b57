"""Market: instruments, candles, quotes, the live relay and the symbol page."""
