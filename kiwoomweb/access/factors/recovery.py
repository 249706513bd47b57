"""Recovery codes: ten slips of paper, each opens once. Only their hashes are kept."""

import hashlib
import hmac
import secrets

__all__ = ["COUNT", "hashed", "new_codes", "tidy", "which"]

COUNT = 10
#: Without 0/O and 1/I/L. Sixteen of them are 78 bits: no rate of guessing matters, so a plain hash is enough.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16


def new_codes() -> tuple[str, ...]:
    """Ten codes as they are shown: ``ABCD-EFGH-JKMN-PQRS``."""
    return tuple(_spaced("".join(secrets.choice(LETTERS) for _ in range(LENGTH))) for _ in range(COUNT))


def tidy(said: str) -> str:
    """A code as typed by hand, without spaces and dashes, in capitals."""
    return "".join(letter for letter in said.upper() if letter.isalnum())


def hashed(code: str, salt: str) -> str:
    """Hex SHA-256 of salt and code."""
    return hashlib.sha256(f"{salt}:{tidy(code)}".encode()).hexdigest()


def which(said: str, salt: str, hashes: list[str]) -> int | None:
    """The place of the said code among ``hashes`` (used ones are empty). All are compared, in equal time."""
    if len(tidy(said)) != LENGTH:
        return None
    wanted, found = hashed(said, salt), None
    for place, one in enumerate(hashes):
        if hmac.compare_digest(one, wanted):
            found = place
    return found


def _spaced(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))
