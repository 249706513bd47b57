"""Integrity: at its start the order process reads through the database it rests on (3.7.1): a torn one halts.

Beside the work, because a database of years takes minutes; PostgreSQL checks its own pages as it reads them.
"""

import logging

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from orders.services.halting import halt

__all__ = ["look_through"]

log = logging.getLogger(__name__)


def look_through() -> bool:
    """Whether the embedded database is whole; halts everything where it is not."""
    if connection.vendor != "sqlite":
        return True
    try:
        return _is_whole()
    finally:
        connection.close()  # of a thread that ends now


def _is_whole() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            said = str(cursor.fetchone()[0])
    except DatabaseError as trouble:
        said = str(trouble)
    if said == "ok":
        return True
    log.critical("the database is damaged: %s", said)
    words = _("데이터베이스가 손상되어 모든 계좌를 정지했습니다. 백업에서 되돌리세요: %(said)s")
    halt(None, None, words % {"said": said}, cause="database")
    return False
