"""What tests of signing in have in common: an authenticator app."""

import time

from kiwoomweb.access.factors import keeping, totp
from kiwoomweb.access.models import User


class App:
    """An authenticator app. ``code()`` is the next code it has not shown; three of them fit at a time."""

    def __init__(self, user: User) -> None:
        self.secret = totp.new_secret()
        self.counter = int(time.time() // totp.STEP) - 2
        keeping.keep_totp(user, self.secret, self.counter)

    def code(self) -> str:
        self.counter = max(self.counter + 1, int(time.time() // totp.STEP) - 1)
        return totp.code_of(self.secret, self.counter)
