"""The desk of one symbol: its venues, its hours, and the page that puts them together."""
