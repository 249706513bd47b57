"""Inside the trade, by hand."""
