"""Plans of reports, their issues, and whose eyes see what of them."""
