"""One import: what its rows are while it is a draft, what became of them afterwards."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kiwoomweb.ui.templatetags.money import won
from orders.models import ImportBatch
from orders.selectors.imports import Judged, Preview, blockers, mapping_of, preview, same_file
from portfolio.presenting.imports.movements import MovementRow, movement_rows

__all__ = ["BatchPage"]

#: Rows of each kind shown; all of them count, and all that are left out can be downloaded.
MOST = 200
ROW = (
    '<tr><td class="num dim">{}</td><td>{} <small class="dim">{}</small></td><td class="name"><b>{}</b> '
    '<small>{}</small></td><td>{}</td><td class="num">{}</td><td class="num">{}</td>'
    '<td class="wide">{}</td></tr>'
)


@dataclass
class BatchPage:
    """``wrong`` is why the last step was not taken."""

    batch: ImportBatch
    today: date
    may_write: bool
    wrong: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether nothing has been recorded yet."""
        return self.batch.state == ImportBatch.State.DRAFT

    @cached_property
    def found(self) -> Preview:
        """The file of a draft, compared with what is known now."""
        return preview(self.batch, self.today)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are new, known, at odds, refused, passed over."""
        if self.is_draft:
            found = self.found
            return {
                "new": len(found.new),
                "same": len(found.same),
                "contradicting": len(found.contradicting),
                "refused": len(found.refused),
                "passed_over": found.passed_over,
            }
        names = ("new", "same", "contradicting", "refused", "passed_over")
        return {name: getattr(self.batch, name) for name in names}

    @property
    def earlier(self) -> ImportBatch | None:
        """The very same file, imported before."""
        return same_file(self.batch) if self.is_draft else None

    @cached_property
    def blockers(self) -> list[str]:
        """Why it cannot be undone now."""
        return list(blockers(self.batch)) if self.batch.state == ImportBatch.State.COMMITTED else []

    @cached_property
    def standing(self) -> int:
        """How many of its fills hold now; the others gave way to the broker or were undone."""
        return self.batch.fills.filter(fill__superseded_at__isnull=True).count()

    @property
    def columns(self) -> list[str]:
        """Headings nobody uses, so that nothing is left aside silently."""
        mapping = mapping_of(self.batch)
        return [head for place, head in enumerate(mapping.heads) if head and place not in mapping.columns]

    @property
    def new_rows(self) -> SafeString:
        """What would be recorded."""
        told = self.found.unsettled
        return _rows(self.found.new, {line: _("미확정: 앞선 매수를 모르는 매도입니다") for line in told})

    @property
    def odd_rows(self) -> SafeString:
        """What is at odds with what is known."""
        return _rows(self.found.contradicting, {})

    @property
    def same_rows(self) -> SafeString:
        """What is known already."""
        return _rows(self.found.same, {})

    @property
    def left_out(self) -> list[tuple[int, str, list[str]]]:
        """Lines that were not recorded, each with the reason and its cells."""
        if self.is_draft:
            return [(one.line, one.reason, list(one.cells)) for one in self.found.refused[:MOST]]
        return [(line, why, cells) for line, why, cells in self.batch.left_out[:MOST]]

    @property
    def is_bare(self) -> bool:
        """A heading and no row below it."""
        return not any(self.counts[name] for name in ("new", "same", "contradicting", "refused"))

    @cached_property
    def movements(self) -> list[MovementRow]:
        """Lines that moved shares without a trade, as the kept file tells them; none of a batch without one."""
        if not self.batch.content or not self.counts["refused"]:
            return []
        moved = [one.movement for one in self.found.refused if one.movement]
        return movement_rows(self.batch.account, self.batch.file_name, moved[:MOST])

    @property
    def shown(self) -> int:
        """How many rows of a kind are shown at most."""
        return MOST


def _rows(judged: list[Judged], notes: dict[int, str]) -> SafeString:
    shown = []
    for one in judged[:MOST]:
        row = one.candidate
        side = _("매수") if row.side == "buy" else _("매도")
        clock = f"{row.filled_at:%H:%M:%S}" if row.filled_at else ""
        price = f"{row.price.normalize():,f}"
        why = one.why or notes.get(row.line, "")
        shown.append(
            (row.line, row.day, clock, row.name or row.symbol, row.symbol, side, won(row.quantity), price, why)
        )
    return format_html_join("", ROW, shown)
