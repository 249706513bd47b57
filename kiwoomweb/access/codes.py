"""Public names: what stands in an address says nothing about the row and cannot be guessed from another."""

import secrets

__all__ = ["new_code"]

#: Lower-case letters and digits that are not mistaken for one another; ten of them are 49 bits.
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_code() -> str:
    """A public name of ten letters."""
    return "".join(secrets.choice(LETTERS) for _ in range(10))
