"""Comments, reviews and meetings."""
