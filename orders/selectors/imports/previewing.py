"""The preview of an import: what its rows are, compared with what is known now. Nothing is written."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Max

from kiwoomweb.access.models import Account
from market.models import Instrument
from orders.incoming import Candidate, Mapping, Refused, read, recognise
from orders.models import Fill, ImportBatch
from orders.selectors.imports.batches import grids_of, mapping_of
from orders.selectors.imports.comparing import Judged, Verdict, judge

__all__ = ["Preview", "names_of", "preview", "unsettled"]


@dataclass
class Preview:
    """``accounts`` are numbers the file names that are not this account's. ``unsettled`` are the lines of new
    sales that no purchase known now precedes (미확정): they are recorded all the same."""

    batch: ImportBatch
    mapping: Mapping
    judged: Sequence[Judged]
    refused: Sequence[Refused]
    passed_over: int
    accounts: tuple[str, ...]

    @cached_property
    def new(self) -> list[Judged]:
        """Rows that would be recorded."""
        return [one for one in self.judged if one.verdict is Verdict.NEW]

    @cached_property
    def same(self) -> list[Judged]:
        """Rows known already."""
        return [one for one in self.judged if one.verdict is Verdict.SAME]

    @cached_property
    def contradicting(self) -> list[Judged]:
        """Rows at odds with what is known."""
        return [one for one in self.judged if one.verdict is Verdict.CONTRADICTS]

    @cached_property
    def unsettled(self) -> frozenset[int]:
        """Lines of sales without a purchase before."""
        return unsettled(self.batch.account_id, [one.candidate for one in self.new])

    @property
    def is_asked(self) -> bool:
        """Whether somebody must first say that the file is this account's."""
        return bool(self.accounts) and not self.mapping.is_ours

    @property
    def is_ready(self) -> bool:
        """Whether there is something to record and nothing left to ask."""
        return bool(self.new) and not self.mapping.lacks and not self.is_asked


def preview(batch: ImportBatch, today: date) -> Preview:
    """The file of a draft read and compared."""
    mapping, grids = mapping_of(batch), grids_of(batch)
    titles = recognise(grids).accounts
    if mapping.lacks:
        return Preview(batch, mapping, [], [], 0, _others(batch.account, titles))
    reading = read(
        grids[mapping.sheet],
        mapping.last,
        mapping.columns,
        day=mapping.day,
        rule=mapping.rule,
        names=names_of(batch.account),
        today=today,
    )
    accounts = _others(batch.account, (*titles, *reading.accounts))
    judged = judge(batch.account_id, reading.candidates)
    return Preview(batch, mapping, judged, reading.refused, reading.passed_over, accounts)


def names_of(account: Account) -> dict[str, str]:
    """The code of every name that means one symbol only: as listed, else as once traded."""
    once = Instrument.objects.values("name").annotate(n=Count("pk"), code=Max("symbol")).filter(n=1)
    fills = Fill.objects.current().filter(account=account).exclude(name="").values("name")
    traded = fills.annotate(n=Count("symbol", distinct=True), code=Max("symbol")).filter(n=1).order_by()
    found = {row["name"]: row["code"] for row in traded}
    return found | {row["name"]: row["code"] for row in once.order_by()}


def unsettled(account_id: int, new: Sequence[Candidate]) -> frozenset[int]:
    """The lines of sales that would leave less than nothing of their symbol, counting all fills known."""
    symbols = {row.symbol for row in new if row.side == "sell"}
    steps: dict[str, list[tuple[str, str, int, int]]] = defaultdict(list)
    known = Fill.objects.current().filter(account_id=account_id, symbol__in=symbols)
    for symbol, day, at, side, quantity in known.values_list("symbol", "day", "filled_at", "side", "quantity"):
        steps[symbol].append((str(day), str(at or ""), quantity if side == "buy" else -quantity, 0))
    for row in new:
        if row.symbol in symbols:
            shares = row.quantity if row.side == "buy" else -row.quantity
            steps[row.symbol].append((str(row.day), str(row.filled_at or ""), shares, row.line))
    found = set()
    for symbol_steps in steps.values():
        held = 0
        for _day, _at, shares, line in sorted(symbol_steps, key=lambda step: (step[0], step[1], -step[2])):
            held += shares
            if held < 0 and shares < 0 and line:
                found.add(line)
            held = max(held, 0)
    return frozenset(found)


def _others(account: Account, numbers: Sequence[str]) -> tuple[str, ...]:
    """Numbers that are not this account's; eight digits are enough to name one. A number we do not know
    ourselves yet is nobody's to compare."""
    if not account.number:
        return ()
    mine = account.number
    return tuple(sorted({n for n in numbers if len(n) >= 8 and n[:8] != mine[:8]}))
