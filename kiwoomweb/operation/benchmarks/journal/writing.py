"""Writing on trades: a note and a tag for every one of them, as rows; the product makes its indexes of them."""

from random import Random

from kiwoomweb.access.models import Account, User
from kiwoomweb.operation.benchmarks.journal.pouring import pour
from portfolio.models import Note, NoteVersion, Tag, TagGroup, Trade, TradeTag
from portfolio.services.indexing import reindex
from portfolio.services.reviews.tag_rollups import refresh_labels

__all__ = ["WORDS", "write_on_trades"]

SAVED = "2026-11-20 12:00:00"
#: What notes are made of; searches ask for some of it.
WORDS = (
    *("눌림목에서", "분할 매수", "20일선", "지지 확인", "거래량이 줄어", "체결강도", "추격하지", "않았다"),
    *(
        "손절이",
        "늦었다",
        "계획대로",
        "목표가에서",
        "절반 매도",
        "시초가",
        "갭 상승",
        "뉴스를",
        "보고",
        "따라 샀다",
    ),
    *(
        "외국인이",
        "순매수로",
        "돌아선 날",
        "업종이",
        "강했다",
        "오후에",
        "힘이",
        "빠졌다",
        "다음에는",
        "기다린다",
    ),
)
RARE = ("하이재킹", "실수 반복")
TAGS = ("눌림목", "돌파", "종가베팅", "뉴스", "추격", "물타기", "손절 늦음")


def write_on_trades(user: User, account: Account) -> None:
    """One note of a few sentences and one or two tags on each trade."""
    luck = Random(5)
    trades = list(Trade.objects.filter(account=account).order_by("pk").values_list("pk", flat=True))
    pour(
        Note,
        ("account", "section", "current", "trade"),
        ((account.pk, "trade", 1, trade) for trade in trades),
    )
    notes = Note.objects.filter(account=account).order_by("pk").values_list("pk", flat=True)
    pour(
        NoteVersion,
        ("note", "number", "text", "is_conflict", "author", "saved_at"),
        ((note, 1, _text(luck), False, user.pk, SAVED) for note in list(notes)),
    )
    reindex(account)
    _tag(account, user, trades, luck)


def _text(luck: Random) -> str:
    rare = [luck.choice(RARE)] if luck.random() < 0.001 else []
    return " ".join([*luck.choices(WORDS, k=luck.randint(8, 24)), *rare])


def _tag(account: Account, user: User, trades: list[int], luck: Random) -> None:
    group = TagGroup.objects.create(team=account.team, name="bench", kind="tag", created_at=SAVED + "+00:00")
    tags = [Tag.objects.create(group=group, name=name, created_at=SAVED + "+00:00").pk for name in TAGS]
    rows = ((trade, tag, user.pk, SAVED) for trade in trades for tag in luck.sample(tags, luck.randint(1, 2)))
    pour(TradeTag, ("trade", "tag", "author", "added_at"), rows)
    refresh_labels(account.pk, tags, None)
