"""Orders: what was ordered and what was filled, as the broker tells it."""
