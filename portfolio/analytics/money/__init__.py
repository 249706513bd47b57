"""Money (metrics 3.5): costs, returns with deposits kept apart, and the comparison with an index."""
