"""Editing many trades at once, and taking it back: every trade's change is remembered one by one.

Taking back restores what the edit changed and nobody has changed since; the rest is left and counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from kiwoomweb.access.models import Account, User
from orders.services.locking import locked
from portfolio.models import Book, BulkEdit, Review, Tag, Trade, TradeChange, TradeTag
from portfolio.services.reviews.books import move_to_book
from portfolio.services.reviews.tag_rollups import refresh_labels

__all__ = ["Change", "Undone", "mark_reviewed", "put_in_book", "put_tag", "set_setup", "take_tag", "undo"]

#: Numbers of trades in one query.
LUMP = 5_000


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one trade, as texts."""

    trade: int
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Undone:
    """Trades restored, and changes left because somebody had changed the field again."""

    restored: int
    left: int


def put_tag(account: Account, trades: "QuerySet[Trade]", tag: Tag, words: str, author: User) -> BulkEdit:
    """Hang a tag or mistake on all of them; in an exclusive group the others of the group leave."""
    pks = _pks(trades)
    changes = [Change(pk, f"tag:{tag.pk}", "", "1") for pk in pks - _carrying(pks, [tag.pk])[tag.pk]]
    if tag.group.is_exclusive:
        kin = [pk for pk in tag.group.tags.values_list("pk", flat=True) if pk != tag.pk]
        for other, carrying in _carrying(pks, kin).items():
            changes += [Change(pk, f"tag:{other}", "1", "") for pk in carrying]
    return _edit(account, changes, words, author)


def take_tag(account: Account, trades: "QuerySet[Trade]", tag: Tag, words: str, author: User) -> BulkEdit:
    """Take a tag or mistake off all of them."""
    pks = _pks(trades)
    changes = [Change(pk, f"tag:{tag.pk}", "1", "") for pk in _carrying(pks, [tag.pk])[tag.pk]]
    return _edit(account, changes, words, author)


def set_setup(
    account: Account, trades: "QuerySet[Trade]", setup: Tag | None, words: str, author: User
) -> BulkEdit:
    """Give all of them one setup, or none."""
    after = str(setup.pk) if setup else ""
    known = _reviewed(_pks(trades), "setup")
    changes = [Change(pk, "setup", str(before or ""), after) for pk, before in known.items()]
    return _edit(account, [change for change in changes if change.before != after], words, author)


def mark_reviewed(account: Account, trades: "QuerySet[Trade]", words: str, author: User) -> BulkEdit:
    """Call all of them reviewed."""
    known = _reviewed(_pks(trades), "reviewed_at")
    changes = [Change(pk, "reviewed", "", "1") for pk, at in known.items() if at is None]
    return _edit(account, changes, words, author)


def put_in_book(
    account: Account, trades: "QuerySet[Trade]", book: Book | None, words: str, author: User
) -> BulkEdit:
    """Move all of them to a strategy book, or back to the default one (``None``)."""
    after = str(book.pk) if book else ""
    rows = trades.values_list("pk", "book")
    changes = [Change(pk, "book", str(before or ""), after) for pk, before in rows]
    return _edit(account, [change for change in changes if change.before != after], words, author)


def undo(account: Account, edit: BulkEdit, author: User) -> Undone:
    """Restore what the edit changed, as far as it is still as the edit left it. A second time does nothing."""
    with transaction.atomic():
        locked(account.pk)
        if not BulkEdit.objects.filter(pk=edit.pk, account=account, undone_at=None).update(
            undone_at=timezone.now(), undone_by=author
        ):
            return Undone(0, 0)
        later = TradeChange.objects.filter(
            trade=OuterRef("trade"), field=OuterRef("field"), pk__gt=OuterRef("pk"), is_conflict=False
        )
        mine = TradeChange.objects.filter(edit=edit)
        rows = mine.filter(~Exists(later)).values_list("trade", "field", "after", "before")
        changes = [Change(*row) for row in rows]
        _apply(account, changes, author, None)
        return Undone(len({change.trade for change in changes}), mine.count() - len(changes))


def _edit(account: Account, changes: Sequence[Change], words: str, author: User) -> BulkEdit:
    with transaction.atomic():
        locked(account.pk)
        trades = len({change.trade for change in changes})
        edit = BulkEdit.objects.create(
            account=account, words=words[:200], trades=trades, author=author, made_at=timezone.now()
        )
        _apply(account, changes, author, edit)
    return edit


def _apply(account: Account, changes: Sequence[Change], author: User, edit: BulkEdit | None) -> None:
    """Write the changes, bump the versions, remember each."""
    by_step: dict[tuple[str, str], list[int]] = defaultdict(list)
    for change in changes:
        by_step[change.field, change.after].append(change.trade)
    pks = sorted({change.trade for change in changes})
    _make_reviews(pks)
    for (field, text), trades in by_step.items():
        _write(account, field, text, trades, author)
    for lump in _lumps(pks):
        Review.objects.filter(trade__in=lump).update(version=F("version") + 1)
    _remember(changes, _reviewed(set(pks), "version"), author, edit)
    refresh_labels(account.pk, _labels(changes), None)


def _write(account: Account, field: str, text: str, trades: list[int], author: User) -> None:
    now = timezone.now()
    if field == "book":
        move_to_book(account, trades, int(text) if text else None, author)
        return
    for lump in _lumps(trades):
        reviews = Review.objects.filter(trade__in=lump)
        if field.startswith("tag:"):
            _hang(int(field.partition(":")[2]), lump, author, is_on=bool(text))
        elif field == "setup":
            reviews.update(setup=int(text) if text else None)
        else:
            reviews.update(reviewed_at=now if text else None, reviewed_by=author if text else None)


def _hang(tag: int, trades: Sequence[int], author: User, *, is_on: bool) -> None:
    if not is_on:
        TradeTag.objects.filter(tag=tag, trade__in=trades).delete()
        return
    now = timezone.now()
    rows = [TradeTag(tag_id=tag, trade_id=pk, author=author, added_at=now) for pk in trades]
    TradeTag.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)


def _remember(changes: Sequence[Change], versions: dict[int, int], author: User, edit: BulkEdit | None) -> None:
    now = timezone.now()
    rows = (
        TradeChange(
            trade_id=change.trade,
            field=change.field,
            before=change.before,
            after=change.after,
            version=versions[change.trade],
            author=author,
            changed_at=now,
            edit=edit,
        )
        for change in changes
    )
    TradeChange.objects.bulk_create(rows, batch_size=1_000)


def _pks(trades: "QuerySet[Trade]") -> set[int]:
    return set(trades.values_list("pk", flat=True))


def _carrying(trades: set[int], tags: Iterable[int]) -> dict[int, set[int]]:
    """Which of the trades carry each tag."""
    found = {tag: set(TradeTag.objects.filter(tag=tag).values_list("trade", flat=True)) for tag in tags}
    return {tag: carrying & trades for tag, carrying in found.items()}


def _reviewed(trades: set[int], column: str) -> dict[int, Any]:
    """A column of the review of each trade; ``None`` where there is no review."""
    found: dict[int, Any] = dict.fromkeys(sorted(trades))
    for lump in _lumps(sorted(trades)):
        found |= dict(Review.objects.filter(trade__in=lump).values_list("trade", column))
    return found


def _make_reviews(trades: Sequence[int]) -> None:
    for lump in _lumps(trades):
        known = set(Review.objects.filter(trade__in=lump).values_list("trade", flat=True))
        rows = [Review(trade_id=pk) for pk in lump if pk not in known]
        Review.objects.bulk_create(rows, batch_size=1_000)


def _labels(changes: Sequence[Change]) -> set[int]:
    tags = {change.field.partition(":")[2] for change in changes if change.field.startswith("tag:")}
    for change in changes:
        if change.field == "setup":
            tags |= {change.before, change.after}
    return {int(text) for text in tags if text}


def _lumps(trades: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(trades), LUMP):
        yield trades[start : start + LUMP]
