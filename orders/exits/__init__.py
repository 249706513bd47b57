"""Exits (자동 청산): what the server watches with the browser closed. They only ever sell what is held."""
