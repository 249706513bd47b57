"""A report as HTML that survives mail programs: tables, styles on every element, nothing fetched from outside.

Rows are written here and not in the template (its loop is slow); the template has the frame. ``render_page`` is
the same without a mail's frame and with classes in place of styles, for the permanent page.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from portfolio.reports.content.pieces import (
    Bars,
    Block,
    Calendar,
    Cell,
    Content,
    Curve,
    Figure,
    Figures,
    Heat,
    Square,
    Table,
    Words,
)

__all__ = ["Links", "render_html", "render_page"]

#: The address of a picture by its cid.
Address = Callable[[str], str]
Links = tuple[tuple[str, str], ...]
#: Figures stand in so many columns.
ABREAST = 3
SHARE = 100 // ABREAST
EMPTY = f'<td class="figure" width="{SHARE}%">&nbsp;</td>'


def render_html(content: Content, *, links: Links = ()) -> str:
    """The mail; pictures are ``cid:`` parts. ``links`` (words, address) stand under the report."""
    mail = _filled("reports/mail.html", content, lambda cid: f"cid:{cid}", links)
    return str(_inliner().inline(mail))


def render_page(content: Content, picture: Address) -> SafeString:
    """The report's inside for a page of ours, which brings the styles of its classes."""
    return SafeString(_filled("reports/body.html", content, picture, ()))


def _filled(template: str, content: Content, picture: Address, links: Links) -> str:
    sections = [
        (section.title, [block_html(block, picture) for block in section.blocks])
        for section in content.sections
    ]
    return render_to_string(template, {"content": content, "sections": sections, "links": links})


@cache
def _inliner() -> Any:
    """Styles move to the elements; what only a <style> can say (@media) stays one."""
    from css_inline import CSSInliner

    return CSSInliner(keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False)


def block_html(block: Block, picture: Address) -> SafeString:
    """One block as a table or paragraphs."""
    match block:
        case Figures():
            return _figures(block)
        case Words(lines=lines, tone=tone):
            told = format_html_join("", '<p class="words {}">{}</p>', ((tone, line) for line in lines))
            return format_html('<div class="quote">{}</div>', told) if tone == "quote" else told
        case Table():
            return _table(block)
        case Calendar():
            return _calendar(block)
        case Curve() | Bars() | Heat():
            return format_html(
                '<p class="caption">{}</p><img class="picture" src="{}" alt="{}" width="552">',
                block.title,
                picture(block.cid),
                block.alt,
            )


def _figures(block: Figures) -> SafeString:
    items = block.items
    rows = [items[start : start + ABREAST] for start in range(0, len(items), ABREAST)]
    told = "".join(f"<tr>{''.join(map(_figure, row))}{EMPTY * (ABREAST - len(row))}</tr>" for row in rows)
    return _framed("figures", told)


def _figure(one: Figure) -> str:
    return (
        f'<td class="figure" width="{SHARE}%" valign="top"><span class="label">{escape(one.label)}</span><br>'
        f'<span class="number {one.cell.tone}">{escape(one.cell.text)}</span><br>'
        f'<span class="note">{escape(one.note) or "&nbsp;"}</span></td>'
    )


def _table(table: Table) -> SafeString:
    heads = "".join(
        f'<th class="{_css(column.form, column.is_wide)}" align="{_side(column.form)}" scope="col">'
        f"{escape(column.label)}</th>"
        for column in table.columns
    )
    rows = [_row(table, row, "") for row in table.rows[: table.brief]]
    if table.foot:
        rows.append(_row(table, table.foot, "foot"))
    more = format_html('<p class="words quiet">{}</p>', table.more) if table.more else ""
    return SafeString(_framed("table", f"<tr>{heads}</tr>{''.join(rows)}") + more)


def _row(table: Table, row: tuple[Cell, ...], css: str) -> str:
    cells = "".join(
        f'<td class="{_css(column.form, column.is_wide)} {cell.tone} {css}" align="{_side(column.form)}">'
        f"{escape(cell.text)}</td>"
        for column, cell in zip(table.columns, row, strict=True)
    )
    return f"<tr>{cells}</tr>"


def _calendar(calendar: Calendar) -> SafeString:
    heads = "".join(
        f'<th class="day" align="center" scope="col">{escape(head)}</th>' for head in calendar.heads
    )
    weeks = "".join(f"<tr>{''.join(map(_square, week))}</tr>" for week in calendar.weeks)
    return _framed("calendar", f"<tr>{heads}</tr>{weeks}")


def _square(square: Square) -> str:
    ground = {"rise": "up", "fall": "down"}.get(square.cell.tone, "")
    return (
        f'<td class="day {ground}" align="center" valign="top">'
        f'<span class="label">{escape(square.label)}</span><br>'
        f'<span class="{square.cell.tone}">{escape(square.cell.text) or "&nbsp;"}</span></td>'
    )


def _framed(css: str, rows: str) -> SafeString:
    """A table that Outlook also keeps to its width."""
    role = ' role="presentation"' if css == "figures" else ""
    return SafeString(
        f'<table class="{css}"{role} width="100%" cellpadding="0" cellspacing="0" border="0">{rows}</table>'
    )


def _css(form: str, is_wide: bool) -> str:
    return ("name" if form == "text" else "num") + (" wide" if is_wide else "")


def _side(form: str) -> str:
    return "left" if form == "text" else "right"
