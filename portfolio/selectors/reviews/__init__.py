"""What people said of trades, read: reviews, labels, the queue of what waits for a review, rules kept."""
