"""A trade played again: what it stood at, bar by bar, as its trader saw it."""
