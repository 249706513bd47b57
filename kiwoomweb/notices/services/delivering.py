"""Delivering: work through what is due, one message after another."""

import threading
from contextlib import closing
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kiwoomweb.access.key_ring import SealError
from kiwoomweb.notices.links import domain
from kiwoomweb.notices.models import Channel, Delivery, OptOut, Way
from kiwoomweb.notices.services.claiming import claim, end, hand, release
from kiwoomweb.notices.services.posting import opened
from kiwoomweb.notices.services.troubling import tell_the_owner
from kiwoomweb.notices.wires import telegram, webhook
from kiwoomweb.notices.wires.smtp import Line, Patience, Server
from kiwoomweb.notices.wires.verdict import Outcome, Verdict

__all__ = ["Office", "deliver_due"]

#: Messages of one shift; the next bell begins another.
SHIFT = 200
#: Letters in a row whose line broke before they were handed over.
ENOUGH = 3
#: A server that hangs holds one worker of the process, not all of them.
_mail, _rest = threading.Lock(), threading.Lock()


def deliver_due() -> int:
    """Everything that is due now. How many were tried."""
    release()
    return _shift(_mail, (Way.MAIL,)) + _shift(_rest, (Way.WEBHOOK, Way.TELEGRAM))


def _shift(lock: threading.Lock, ways: tuple[Way, ...]) -> int:
    if not lock.acquire(blocking=False):
        return 0
    try:
        with closing(Office()) as office:
            return office.work(ways, SHIFT)
    finally:
        lock.release()


@dataclass
class Office:
    """One shift: its line to the mail server stays open from letter to letter."""

    patience: Patience = field(default_factory=Patience)
    _line: Line | None = None

    def work(self, ways: tuple[Way, ...], most: int) -> int:
        """Up to ``most`` messages. A line that breaks again and again is left alone until the next bell: a
        server that is away would cost every waiting letter a try, and the worker minutes each."""
        broken = 0
        for done in range(most):
            row = claim(ways) if broken < ENOUGH else None
            if row is None:
                return done
            verdict = self.send(row)
            broken = broken + 1 if verdict.broken and verdict.outcome is Outcome.LATER else 0
        return most

    def send(self, row: Delivery) -> Verdict:
        """One claimed message, and its end written down."""
        try:
            verdict = _unwanted(row) or self._hand_over(row)
        except SealError as trouble:
            verdict = Verdict.of(Outcome.REFUSED, str(trouble))
        with transaction.atomic():  # whoever reads the end finds its owner told
            if end(row, verdict):
                _note(row, verdict)
        return verdict

    def close(self) -> None:
        """The shift is over."""
        if self._line is not None:
            self._line.close()

    def _hand_over(self, row: Delivery) -> Verdict:
        if row.way == Way.MAIL:
            self._line = self._line or Line(_server(), self.patience)
            return self._line.hand_over(_sender(), row.to, opened(row), lambda: hand(row))
        if row.way == Way.WEBHOOK:
            return webhook.hand_over(row, opened(row), lambda: hand(row))
        return telegram.hand_over(row, opened(row), lambda: hand(row))


def _unwanted(row: Delivery) -> Verdict | None:
    """Since it was written, its reader may have unsubscribed, paused the channel or left."""
    if row.way == Way.MAIL:
        left = row.scope and OptOut.objects.filter(address=row.to.lower(), scope=row.scope).exists()
    else:
        left = row.channel is None or row.channel.removed_at is not None
    gone = row.user is not None and not row.user.is_active
    return Verdict.of(Outcome.REFUSED, "수신 거부") if left or gone else None


def _note(row: Delivery, verdict: Verdict) -> None:
    """What the channel's page says of it, and a word to the owner when nothing more will be tried."""
    if row.channel_id is not None:
        fine = verdict.outcome is Outcome.SENT
        said = {"trouble": "", "trouble_at": None} if fine else _trouble(verdict)
        Channel.objects.filter(pk=row.channel_id).update(**said)
    tell_the_owner(row)


def _trouble(verdict: Verdict) -> dict[str, object]:
    return {"trouble": verdict.answer, "trouble_at": timezone.now()}


def _server() -> Server:
    return Server(
        host=settings.EMAIL_HOST or "localhost",
        port=settings.EMAIL_PORT or 25,
        user=settings.EMAIL_HOST_USER or "",
        password=settings.EMAIL_HOST_PASSWORD or "",
        tls=settings.EMAIL_USE_TLS,
        ssl=settings.EMAIL_USE_SSL,
        name=domain(),
    )


def _sender() -> str:
    """The envelope's sender, where bounces go: the bare address of ``EMAIL_FROM``."""
    from email.utils import parseaddr

    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
