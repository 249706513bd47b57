"""Result and edge, by hand."""
