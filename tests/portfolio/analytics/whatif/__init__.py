"""What if, by hand."""
