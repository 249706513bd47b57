"""Papers are drawn from the content alone: the same content gives the same bytes, in words that can be read."""

import hashlib
import json
import re
import tomllib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from portfolio import reports
from portfolio.reports.content.pieces import (
    Bars,
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
from portfolio.reports.fonts import face, readable
from tests.portfolio.reports.reading import text_of

DAYS = (date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 20))
#: What Outlook's Word, Gmail or Naver take away or break.
FRAGILE = re.compile(
    r"display:\s*(?:flex|grid|inline-block)|position:\s*\w|background-image|float:|<script|<link|<form|<svg"
    r"|@import|url\(|https?://(?!example\.com)|javascript:"
)


def content(language: str = "ko") -> Content:
    rows = ((Cell("삼성전자 <b>"), Cell("+412,300", "rise", Decimal(412_300))),)
    blocks = (
        Figures((Figure("실현손익", Cell("▲ 412,300", "rise", Decimal(412_300)), "3건"),)),
        Words(("오늘은 & 기다렸다 😀",), "quote"),
        Table("종목별", (Column("종목"), Column("실현손익", "whole")), rows),
        Curve("curve", "누적", "사흘 동안 오름", DAYS, tuple(map(Decimal, (1, -2, 412_300))),
              tuple(map(Decimal, (0, -3, 0))), "won", "낙폭"),
        Bars("bars", "달별", "막대", ("9월", "10월", "11월"), tuple(map(Decimal, (5, -2, 1))), "percent"),
        Heat("heat", "한 해", "날들", DAYS, (Decimal(1), None, Decimal(-1)), ("11월",), tuple("월화수목금")),
    )  # fmt: skip
    return Content(
        kind="daily", language=language, is_masked=False, first=DAYS[0], last=DAYS[-1],
        as_of=datetime(2026, 11, 20, 11, 5, tzinfo=UTC), title="하루 보고", subject="하루 보고 11-20",
        preview="체결 3건", account="내 계좌 ****-4471 · 연습", span="2026-11-20 (금)", frozen=("그때 값.",),
        sections=(Section("result", "오늘의 결과", blocks),), page="{page} / {pages}쪽",
        unreadable="□로 찍었습니다.",
    )  # fmt: skip


def test_a_kept_report_comes_back_and_every_paper_is_the_same_byte_for_byte() -> None:
    made = content()
    again = reports.taken_up(reports.kept(made))

    assert again == made
    assert reports.pictures(again) == reports.pictures(made)
    assert reports.render_pdf(again) == reports.render_pdf(made)
    assert reports.render_xlsx(again) == reports.render_xlsx(made)
    assert reports.render_html(again) == reports.render_html(made)
    assert reports.render_text(again) == reports.render_text(made)


def test_a_report_of_an_older_form_is_drawn_as_it_was() -> None:
    older, newer = (reports.pictures(replace(content(), form=form)) for form in (1, 2))

    assert "form" not in json.loads(reports.kept(content()))  # the first form was never written down
    assert [older[cid] == newer[cid] for cid in older] == [False] * 3
    assert hashlib.sha256(older["bars"]).hexdigest() != hashlib.sha256(newer["bars"]).hexdigest()


def test_a_pdf_has_text_that_can_be_selected_and_numbers_its_pages() -> None:
    text = text_of(reports.render_pdf(content()))

    for words in (
        "하루 보고",
        "▲ 412,300",
        "삼성전자 <b>",
        "오늘은 & 기다렸다 □",
        "□로 찍었습니다.",
        "2 / 2쪽",
    ):
        assert words in text


def test_a_mail_asks_for_nothing_outside_and_uses_nothing_that_mail_programs_break() -> None:
    mail = reports.render_html(content(), links=(("페이지", "https://example.com/r/1"),))

    assert FRAGILE.findall(mail) == []
    assert "삼성전자 &lt;b&gt;" in mail
    assert 'src="cid:curve"' in mail
    assert 'alt="사흘 동안 오름"' in mail
    assert "prefers-color-scheme: dark" in mail
    assert mail.count("style=") > 20
    assert len(mail.encode()) < 100_000  # Gmail cuts a mail at 102 kB


def test_text_lines_up_and_says_what_the_pictures_show() -> None:
    text = reports.render_text(content())

    assert "■ 오늘의 결과" in text
    assert "> 오늘은 & 기다렸다 😀" in text
    assert "[누적] 사흘 동안 오름" in text


def test_pictures_are_png_twice_as_wide_as_they_are_shown() -> None:
    drawn = reports.pictures(content())

    assert list(drawn) == ["curve", "bars", "heat"]
    for png in drawn.values():
        assert png.startswith(b"\x89PNG")
        assert int.from_bytes(png[16:20]) == 1104
        assert b"Software" not in png


@pytest.mark.parametrize("entry", tomllib.loads((face("bold").parent / "fonts.toml").read_text())["face"])
def test_the_faces_are_what_their_list_says(entry: dict[str, str]) -> None:
    path = face("bold").parent / entry["file"]

    assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]
    assert (path.parent / entry["licence_file"]).read_text().startswith("Copyright (c) 2021, Kil Hyung-jin")


def test_a_letter_no_face_has_is_seen_to_be_missing() -> None:
    assert readable("오늘 좋았다 😀") == "오늘 좋았다 □"
    assert readable("펲") == "□"
    assert readable("▲ +1,234원 — 낙폭 2.5%") == "▲ +1,234원 — 낙폭 2.5%"
