"""Pages of ordering: thin; services decide and selectors know."""
