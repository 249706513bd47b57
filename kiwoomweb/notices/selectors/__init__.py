"""What there is to tell, and what became of it."""
