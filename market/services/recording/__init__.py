"""What the feed said: stored in packed chunks, thinned with age."""
