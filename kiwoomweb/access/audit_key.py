"""The key of the audit trail: a file of its own beside the sealing keys, as the key ring has them.

Whoever can write to the database but not read this file can destroy entries, which is found, and forge none.
"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from kiwoomweb.access.key_ring import KeyFileMissing, KeyRing, first_ring, read_ring, stamp_of

__all__ = ["AuditKeyMissing", "audit_ring", "make_audit_key"]


class AuditKeyMissing(Exception):
    """There are entries, and the key they were sealed with is gone. Says what to do."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("감사 기록의 키 파일이 없습니다: %(path)s. 백업에서 되돌릴 때까지 아무 일도 하지 않습니다.")
            % {"path": path}
        )


def make_audit_key() -> None:
    """Make the key at first start, mode 0600. A file that is there stays as it is."""
    first_ring(Path(settings.AUDIT_KEYS_FILE))


def audit_ring() -> KeyRing:
    """The ring as the file stands now. Raises ``AuditKeyMissing``, or ``KeyFileBroken`` where it is damaged."""
    path = Path(settings.AUDIT_KEYS_FILE)
    try:
        return _ring(path, *stamp_of(path))
    except KeyFileMissing:
        raise AuditKeyMissing(path) from None


@lru_cache(maxsize=2)
def _ring(path: Path, _changed: int, _inode: int) -> KeyRing:
    return read_ring(path)
