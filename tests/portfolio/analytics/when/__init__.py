"""When and where, by hand."""
