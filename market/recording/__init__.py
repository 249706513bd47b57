"""Recording: what the feed says of held and watched shares, kept for replay by the process that hears it."""
