"""Whole paths through the whole product, as a person walks them."""
