"""Statistics: every figure as a card, in groups, with its formula, its honesty and the rows behind it."""
