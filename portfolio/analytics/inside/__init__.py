"""Inside one trade (metrics 3.2): from its steps and the bars while it was held. Long positions only."""
