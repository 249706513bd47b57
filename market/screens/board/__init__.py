"""The board of symbols: one list live, as a dense table or as tiles with small charts and books."""
