"""The equations of a day's proof, computed by hand."""
