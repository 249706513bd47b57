"""Quotas: sliding one-second windows per (app key, TR), per key, and over all orders of a key.

PROTOCOL 4.3. A refused call leaves no trace: it does not use up its own quota, and nothing behind the
gate has heard of it.
"""

from collections import defaultdict, deque
from collections.abc import Callable
from time import monotonic

from kiwoomweb.simulator.profile import ORDER_TRS, Profile
from kiwoomweb.simulator.refusals import too_many

__all__ = ["Quotas"]

WINDOW_S = 1.0


class Quotas:
    """Counts real time, not virtual: a simulation that runs faster does not allow more calls."""

    def __init__(self, profile: Profile, clock: Callable[[], float] = monotonic) -> None:
        self.profile = profile
        self._clock = clock
        self._calls: defaultdict[tuple[str, str], deque[float]] = defaultdict(deque)

    def take(self, key: str, tr: str) -> None:
        """Count one call of ``tr`` by the app key, or raise 1700, 1701 or 1702."""
        windows = [(self._window(key, name), limit, code) for name, limit, code in self._limits(tr)]
        for window, limit, code in windows:
            if len(window) >= limit:
                raise too_many(code, *self._words(code, tr), status=self.profile.rate_http)
        now = self._clock()
        for window, _, _ in windows:
            window.append(now)

    def take_token(self, key: str) -> None:
        """Count one token request of the app key, or raise 1700."""
        window = self._window(key, "au10001")
        if len(window) >= self.profile.token_quota:
            raise too_many("1700", self.profile.token_quota, "au10001", status=self.profile.rate_http)
        window.append(self._clock())

    def _limits(self, tr: str) -> list[tuple[str, int, str]]:
        profile = self.profile
        limits = [("*", profile.total_quota, "1701")]
        if profile.order_quota is not None and tr in ORDER_TRS:
            return [("orders", profile.order_quota, "1702"), *limits]
        return [(tr, profile.quota + profile.burst, "1700"), *limits]

    def _words(self, code: str, tr: str) -> tuple[object, ...]:
        profile = self.profile
        said: dict[str, tuple[object, ...]] = {
            "1700": (profile.quota, tr),
            "1701": (profile.total_quota,),
            "1702": (profile.order_quota, tr),
        }
        return said[code]

    def _window(self, key: str, name: str) -> deque[float]:
        window = self._calls[key, name]
        while window and self._clock() - window[0] >= WINDOW_S:
            window.popleft()
        return window
