"""Path and risk, by hand."""
