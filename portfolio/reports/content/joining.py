"""Joining: reports of several accounts about the same days as one, each with its own eyes. Pure.

A reader may see one account with amounts and another without; nothing is added up that is not told in won.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from msgspec.structs import replace

from portfolio.reports.content.pieces import (
    Bars,
    Block,
    Cell,
    Column,
    Content,
    Curve,
    Figure,
    Figures,
    Heat,
    Section,
    Table,
    Words,
)
from portfolio.reports.content.saying import Saying, word
from portfolio.reports.content.shortening import Brevity, shortened

__all__ = ["Part", "joined"]

#: Letters of a preview; mail programs show about a hundred.
PREVIEW = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One account's report under the account's name; ``content`` is ``None`` where none could be made."""

    name: str
    content: Content | None


def joined(parts: Sequence[Part], brevity: Brevity | None = None) -> Content:
    """One report of all, of each no more than ``brevity`` allows; one part alone stays what it is.

    Raises ``ValueError`` when nothing was made.
    """
    whole = [(part.name, part.content) for part in parts if part.content is not None]
    if not whole:
        raise ValueError("no report to join")
    told = [(name, shortened(content, brevity)) for name, content in whole] if brevity else whole
    first = told[0][1]
    with translation.override(first.language):
        more = () if told == whole else (_more(),)
        if len(parts) == 1:
            return replace(first, sections=(*first.sections, *more)) if more else first
        several = _("계좌 %(n)s개") % {"n": len(parts)}
        return replace(
            first,
            is_masked=any(content.is_masked for _name, content in told),
            subject=_("%(title)s · %(day)s · %(account)s")
            % {"title": first.title, "day": first.last, "account": several},
            preview=" · ".join(f"{name}: {content.preview}" for name, content in whole)[:PREVIEW],
            account=f"{several}: {', '.join(part.name for part in parts)}",
            frozen=tuple(dict.fromkeys(line for _name, content in told for line in content.frozen)),
            sections=(_overview(parts), *_bodies(told), *more),
        )


def _more() -> Section:
    told = _("메일이 잘리지 않도록 줄였습니다. 전체는 보고서의 페이지에 있습니다.")
    return Section("more", _("더 있습니다"), (Words((told,), "quiet"),))


def _overview(parts: Sequence[Part]) -> Section:
    """Every account with the headline of its report, and their sum."""
    figures = [_headline(part.content) for part in parts]
    label = next((figure.label for figure in figures if figure), _("결과"))
    cells = [figure.cell if figure else Cell("—", "weak") for figure in figures]
    masked = [part.content.is_masked for part in parts if part.content is not None]
    if any(masked) and not all(masked):
        # Percent and won are no numbers of one column: a sheet would add them up.
        cells = [Cell(cell.text, cell.tone) for cell in cells]
    rows = tuple((word(part.name), cell) for part, cell in zip(parts, cells, strict=True))
    foot, form = _sum(parts, cells), "rate" if all(masked) else "whole"
    columns = (Column(_("계좌")), Column(label, form))
    blocks: list[Block] = [Table(_("계좌별"), columns, rows, foot=foot, brief=len(rows))]
    if missing := [part.name for part in parts if part.content is None]:
        lost = _("%(names)s: 보고서를 만들지 못했습니다. 만든 사람에게 알렸습니다.")
        blocks.append(Words((lost % {"names": ", ".join(missing)},), "warn"))
    return Section("accounts", _("계좌별"), tuple(blocks))


def _sum(parts: Sequence[Part], cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Only where every account is there, known and in won: percents of different accounts add up to nothing."""
    values = [cell.value for cell in cells if cell.value is not None]
    if len(values) < len(cells) or any(part.content is None or part.content.is_masked for part in parts):
        return ()
    return word(_("합계")), Saying(False, None).headline(sum(values), is_result=True)


def _headline(content: Content | None) -> Figure | None:
    for section in content.sections if content else ():
        for block in section.blocks:
            if isinstance(block, Figures) and block.items:
                return block.items[0]
    return None


def _bodies(told: Sequence[tuple[str, Content]]) -> Iterator[Section]:
    """Every account's sections under its name; pictures get names of their own."""
    for number, (name, content) in enumerate(told, 1):
        for section in content.sections:
            blocks = tuple(_own(block, number) for block in section.blocks)
            yield Section(f"a{number}-{section.key}", f"{name} · {section.title}", blocks)


def _own(block: Block, number: int) -> Block:
    if isinstance(block, Curve | Bars | Heat):
        return replace(block, cid=f"a{number}-{block.cid}")
    return block
