"""Outlines for notes: a person's own, the team's, and a few to begin with."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_noop

from kiwoomweb.access.models import Account
from portfolio.models import NoteTemplate, Section

__all__ = ["BLANKS", "Outline", "offered", "outlines_of", "own_outlines"]

#: What can be left blank, in Korean and in English; ``presenting.outlines`` fills it.
BLANKS = (
    (gettext_noop("날짜"), "date"),
    (gettext_noop("요일"), "weekday"),
    (gettext_noop("종목"), "symbol"),
    (gettext_noop("손익"), "pnl"),
    (gettext_noop("수익률"), "rate"),
    (gettext_noop("승패"), "record"),
)

#: Offered to everybody, forced on nobody.
FIRST = (
    (
        Section.PLAN,
        gettext_noop("하루 계획"),
        gettext_noop(
            "[날짜] ([요일]) 계획\n■ 시장: 지수·환율·간밤 뉴스\n■ 볼 종목과 이유\n■ 살 조건 / 사지 않을 조건\n"
            "■ 손절과 하루 손실 한도\n■ 오늘 하지 않을 것"
        ),
    ),
    (
        Section.PLAN,
        gettext_noop("한 종목 시나리오"),
        gettext_noop("종목:\n■ 오르면\n■ 눌리면\n■ 내리면\n■ 비중과 손절가"),
    ),
    (
        Section.REVIEW,
        gettext_noop("하루 복기"),
        gettext_noop(
            "[날짜] ([요일]) [손익] · [승패]\n매매: [종목]\n■ 계획대로 한 것\n■ 계획과 달랐던 것\n"
            "■ 가장 잘한 한 가지\n■ 내일 고칠 한 가지"
        ),
    ),
    (
        Section.REVIEW,
        gettext_noop("감정 기록"),
        gettext_noop("■ 장 시작 전 마음\n■ 흔들린 순간과 그때 한 일\n■ 다음에 같은 순간이 오면"),
    ),
    (
        Section.TRADE,
        gettext_noop("매매 복기"),
        gettext_noop(
            "[종목] [손익] ([수익률])\n■ 들어간 까닭\n■ 나온 까닭\n■ 손절·목표는 지켰나\n"
            "■ 다시 한다면\n■ 배운 것"
        ),
    ),
    (
        Section.TRADE,
        gettext_noop("손절 복기"),
        gettext_noop("[종목] [손익]\n■ 틀렸다는 신호\n■ 신호부터 손절까지 걸린 시간\n■ 늦었다면 왜"),
    ),
)


@dataclass(frozen=True, slots=True)
class Outline:
    """One outline with its blanks. ``pk`` is ``None`` for those offered to everybody."""

    pk: int | None
    section: Section
    name: str
    text: str
    is_shared: bool = False
    is_mine: bool = True


def own_outlines(account: Account) -> "QuerySet[NoteTemplate]":
    """The account's own outlines that were not removed."""
    return NoteTemplate.objects.filter(account=account, removed_at=None)


def outlines_of(account: Account) -> tuple[Outline, ...]:
    """The account's own and those its team shares, by section and name."""
    mine = Q(account=account) | Q(is_shared=True, account__team=account.team_id)
    rows = NoteTemplate.objects.filter(mine, removed_at=None).order_by("section", "name", "pk")
    return tuple(
        Outline(row.pk, Section(row.section), row.name, row.text, row.is_shared, row.account_id == account.pk)
        for row in rows
    )


def offered() -> tuple[Outline, ...]:
    """Those to begin with, in the reader's language."""
    return tuple(Outline(None, section, gettext(name), gettext(text)) for section, name, text in FIRST)
