"""What people say of trades: saved with its history, edited in bulk and back, kept when trades merge."""
