"""Screening (조건검색): what conditions there are, searching by one, hearing of it live, and keeping every hit.

Conditions are asked over the one socket of the account, which the stream process holds (``market.door``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.domain import ScreenerEvent
from kiwoomweb.broker.errors import Unreadable
from kiwoomweb.broker.questions import LIST
from kiwoomweb.broker.reading import Reading, read
from kiwoomweb.broker.wire.names import symbol as code_of
from kiwoomweb.later import later
from market.door import Answer, ask
from market.models import Screener, ScreenerHit

__all__ = [
    "Found",
    "confirm",
    "live_question",
    "lost",
    "record",
    "refresh_list",
    "search",
    "start",
    "stop",
    "wanted_conditions",
]

#: Pages of one search; a condition that finds more is no condition.
MOST_PAGES = 5


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found; ``at`` is the broker's moment. ``more``: there were further pages."""

    reading: Reading
    at: datetime
    more: bool


def refresh_list(account: Account) -> int:
    """Read the list of conditions (ka10171); what is not listed any more keeps its hits. Returns how many."""
    rows = ask(account, {"trnm": LIST})["data"]
    now = timezone.now()
    listed = [_listed(row) for row in rows]
    for seq, name in listed:
        Screener.objects.update_or_create(
            account=account, seq=seq, defaults={"name": name[:120], "listed_at": now}
        )
    return len(listed)


def search(account: Account, seq: str) -> Found:
    """Search once (ka10172): every page of it, as typed rows."""
    rows: list[object] = []
    next_key, pages = "", 0
    while pages < MOST_PAGES:
        question = {"trnm": "CNSRREQ", "seq": seq, "search_type": "0", "stex_tp": "K"}
        question |= {"cont_yn": "Y" if next_key else "N", "next_key": next_key}
        answer = ask(account, question)
        rows += answer["data"]
        pages += 1
        next_key = answer["next_key"] if answer["cont_yn"] == "Y" else ""
        if not next_key:
            break
    return Found(read(find("ka10172"), {"data": rows}), broker_now(account), bool(next_key))


def start(screener: Screener) -> None:
    """Hear of the condition live (ka10173), now and after every reconnection."""
    answer = ask(screener.account, live_question(screener.seq))
    Screener.objects.filter(pk=screener.pk).update(wanted=True)
    confirm(screener.account_id, screener.seq, answer)


def stop(screener: Screener) -> None:
    """Hear of it no more (ka10174). It stays stopped even when the broker cannot be told now."""
    Screener.objects.filter(pk=screener.pk).update(wanted=False, confirmed_at=None)
    ask(screener.account, {"trnm": "CNSRCLR", "seq": screener.seq})


def live_question(seq: str) -> dict[str, str]:
    return {"trnm": "CNSRREQ", "seq": seq, "search_type": "1", "stex_tp": "K"}


def wanted_conditions(account_id: int) -> list[str]:
    """What is to be asked for live again when a connection begins."""
    return list(Screener.objects.filter(account=account_id, wanted=True).values_list("seq", flat=True))


def confirm(account_id: int, seq: str, answer: Answer) -> None:
    """The broker has said yes: from now on it is heard; what it holds at this moment is noted as present."""
    screener = Screener.objects.get(account=account_id, seq=seq)
    Screener.objects.filter(pk=screener.pk).update(confirmed_at=timezone.now())
    now = broker_now(screener.account).replace(microsecond=0)
    symbols = [str(row.get("jmcode", "")) for row in answer["data"] if isinstance(row, dict)]
    _keep(screener, ScreenerHit.Kind.PRESENT, now, _codes(symbols))


def lost(account_id: int) -> None:
    """The connection is gone: nothing is heard until it is confirmed again."""
    Screener.objects.filter(account=account_id).exclude(confirmed_at=None).update(confirmed_at=None)


def record(account_id: int, event: ScreenerEvent) -> None:
    """Keep a 편입 or 이탈 for good, once however often it is told; its price is found by a task."""
    screener = Screener.objects.filter(account=account_id, seq=event.condition).first()
    if screener is None:  # started by another program with the same key, before the list was read
        screener = Screener.objects.create(
            account_id=account_id, seq=event.condition, name=event.condition, listed_at=timezone.now()
        )
    kind = ScreenerHit.Kind.IN if event.entered else ScreenerHit.Kind.OUT
    if _keep(screener, kind, event.at, [event.symbol]):
        later("market.price_hits", account_id=account_id)


def _keep(screener: Screener, kind: str, at: datetime, symbols: Iterable[str]) -> int:
    kept = 0
    for symbol in symbols:
        try:
            with transaction.atomic():
                ScreenerHit.objects.create(
                    screener=screener, condition=screener.name, symbol=symbol, kind=kind, at=at
                )
        except IntegrityError:
            continue
        kept += 1
    return kept


def _codes(texts: Sequence[str]) -> list[str]:
    try:
        return [code for text in texts if (code := code_of(text))]
    except ValueError as trouble:
        raise Unreadable(str(trouble), tr="CNSRREQ") from None


def _listed(row: object) -> tuple[str, str]:
    """``["4", "돌파"]``, or the object the guide documents (PROTOCOL 5.8)."""
    parts = [row.get("seq"), row.get("name")] if isinstance(row, dict) else row
    if not (isinstance(parts, list) and len(parts) >= 2):
        raise Unreadable(f"no condition: {row!r}"[:80], tr=LIST)
    return str(parts[0]).strip(), str(parts[1]).strip()
