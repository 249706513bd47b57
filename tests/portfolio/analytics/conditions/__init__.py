"""The edge of conditions, by hand."""
