"""Where sessions lie: Django's table, with an end that moves on while somebody is there, and a last one.

Two clocks. A trader's desk stays open all day, so an open page counts as presence (its socket says so); a
closed browser or a laptop carried away ends the session after ``SESSION_IDLE``. However busy, it is over
``SESSION_COOKIE_AGE`` after signing in. What could do harm meanwhile asks again who is there (``stepping_up``).
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db.models import QuerySet
from django.utils import timezone

from kiwoomweb.prepared import Prepared

__all__ = ["OPENED", "SessionStore", "ends_at"]

#: Under this name a session knows when it was opened, in epoch seconds.
OPENED = "opened_at"


def ends_at(opened: float | None) -> datetime:
    """When a session that is in use now ends, unless it is used again."""
    now = timezone.now()
    end = now + timedelta(seconds=settings.SESSION_IDLE)
    if opened is None:
        return end
    last = datetime.fromtimestamp(opened, tz=now.tzinfo) + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return min(end, last)


class SessionStore(DatabaseStore):
    """Named by ``SESSION_ENGINE``. The cookie lives for the long clock, the row for whichever ends first."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        """The row, while it lives. Every page asks for it."""
        row = _living.first(key=self.session_key or "", now=timezone.now())
        if row is None:
            self._session_key = None
        return row

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.expire_date = ends_at(data.get(OPENED))
        return row


def _at(key: str, now: datetime) -> QuerySet[AbstractBaseSession]:
    rows: QuerySet[AbstractBaseSession] = SessionStore.get_model_class().objects.filter(session_key=key)
    return rows.filter(expire_date__gt=now)


_living = Prepared(_at, key=str, now=datetime)
