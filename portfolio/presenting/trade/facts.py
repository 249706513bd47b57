"""사실 and 당시 시장: what is known about a trade in pairs, each value with its source and moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.ui.templatetags.money import compact, percent, profit_short, trend, unsigned_percent, won
from portfolio.models import Review, Trade
from portfolio.presenting.trade.words import duration, index_name
from portfolio.selectors.inside.context import Context, Value
from portfolio.selectors.inside.needs import Needs

__all__ = ["Pair", "asking_words", "context_pairs", "fact_pairs"]

#: Values only the broker knows, and only while the moment lasts.
ASKED = frozenset(
    ("strength", "strength_5m", "sector_change", "sector_rank", "turnover", "turnover_rank", "market_cap")
) | {"foreigners", "institutions"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A label, its value as it is shown, where it comes from, and of an unknown one why it is not known."""

    label: str
    value: SafeString | str
    css: str = ""
    source: str = ""
    why: str = ""


def fact_pairs(
    trade: Trade, review: Review | None, worth: int | None, context: Context, needs: Needs
) -> list[Pair]:
    """The card on the right: the plan first, then what was."""
    return [
        *_plan(review, worth),
        Pair(_("보유 시간"), _held(trade)),
        Pair(_("추가 매수"), _adds(trade)),
        _pair(_("체결강도 진입 때"), context, "strength"),
        _pair(_("%(index)s 같은 동안") % {"index": index_name(needs.index)}, context, "index_meanwhile"),
        _sector(context),
        Pair(_("조건식"), _hits(context), "", _("조건검색 편입 기록")),
    ]


def context_pairs(context: Context, needs: Needs) -> list[Pair]:
    """The tab: everything known of the market at the entry; what is not known is a dash."""
    keys = (
        ("entry_change", _("진입 때 등락률")),
        ("gap", _("시가 갭")),
        ("over_5", _("5일 평균에서")),
        ("over_20", _("20일 평균에서")),
        ("over_60", _("60일 평균에서")),
        ("index_change", _("%(index)s 그때") % {"index": index_name(needs.index)}),
        ("index_meanwhile", _("%(index)s 같은 동안") % {"index": index_name(needs.index)}),
        ("strength", _("체결강도")),
        ("strength_5m", _("체결강도 5분")),
        ("sector_change", _("업종 등락률")),
        ("turnover", _("거래대금")),
        ("turnover_about", _("거래대금 (1분봉 어림)")),
        ("turnover_rank", _("거래대금 순위")),
        ("market_cap", _("시가총액")),
        ("foreigners", _("외국인 순매수")),
        ("institutions", _("기관 순매수")),
    )
    known = context.values
    left_out = {"turnover_about"} if "turnover" in known else {"turnover"}
    pairs = [_pair(label, context, key) for key, label in keys if key not in left_out]
    pairs.insert(10, _sector(context))
    return [*pairs, Pair(_("조건식"), _hits(context), "", _("조건검색 편입 기록"))]


def asking_words(context: Context) -> str:
    """When the broker was asked about the moment of the entry, or why it was not."""
    if context.asked_at is None:
        return _(
            "이 거래의 진입은 5분 넘게 지나서 알게 되어, 체결강도·업종·수급·순위를 키움에 제때 묻지 못했습니다."
            " 키움은 지난 순간의 값을 다시 알려 주지 않습니다."
        )
    return _("키움에 %(at)s에 물었습니다.") % {"at": f"{context.asked_at.astimezone(SEOUL):%m-%d %H:%M:%S}"}


def _why(context: Context, key: str) -> str:
    """Why a value is not known: nobody asked in time, no answer came, or no bar reaches there."""
    if key not in ASKED:
        return _("봉이 없음")
    return _("제때 묻지 못함") if context.asked_at is None else _("답이 없었음")


def _pair(label: str, context: Context, key: str) -> Pair:
    value = context.get(key)
    if value is None:
        return Pair(label, "—", "unknown", why=_why(context, key))
    return Pair(label, *_shown(value), source=source_of(value))


def _shown(value: Value) -> tuple[SafeString | str, str]:
    if not isinstance(value.value, Decimal):
        return (_("%(n)s위") % {"n": value.value} if value.key.endswith("rank") else value.value), ""
    if value.key.startswith("strength"):
        return unsigned_percent(value.value), trend(value.value - 100)
    if value.unit == "%":
        return percent(value.value), trend(value.value)
    if value.key in {"foreigners", "institutions"}:
        return profit_short(int(value.value)), ""
    return compact(value.value), ""


def source_of(value: Value) -> str:
    """``ka10046 · 11-16 12:04``."""
    at = value.at.astimezone(SEOUL).strftime("%m-%d %H:%M") if value.at else ""
    return " · ".join(part for part in (value.source, at) if part)


def _plan(review: Review | None, worth: int | None) -> Iterator[Pair]:
    if review is None or (
        review.risk is None and review.planned_stop is None and review.planned_target is None
    ):
        yield Pair(_("계획 위험"), "—", "unknown", why=_("복기에서 손절가를 적으면 계산합니다"))
        return
    share = f" · {_('자산')} {percent(Decimal(100) * review.risk / worth)}" if review.risk and worth else ""
    yield Pair(_("계획 위험"), f"{won(review.risk)}{share.replace('+', '')}")
    yield Pair(_("손절 / 목표"), f"{won(review.planned_stop)} / {won(review.planned_target)}")


def _held(trade: Trade) -> str:
    if trade.closed_day is None:
        return _("보유 중")
    days = (trade.closed_day - trade.opened_day).days
    minutes = duration(trade.held_minutes) if trade.held_minutes is not None else "—"
    if not days:
        return minutes
    return _("%(days)s일 · 거래시간 %(span)s") % {"days": days, "span": minutes}


def _adds(trade: Trade) -> str:
    if not trade.adds_below and not trade.adds_above:
        return _("없음")
    return _("물타기 %(below)s · 불타기 %(above)s") % {"below": trade.adds_below, "above": trade.adds_above}


def _sector(context: Context) -> Pair:
    rank, name = context.get("sector_rank"), context.get("sector")
    if rank is None or name is None:
        return Pair(_("업종 순위"), "—", "unknown", why=_why(context, "sector_rank"))
    place, _slash, count = str(rank.value).partition("/")
    words = _("%(name)s %(place)s위 / %(count)s") % {"name": name.value, "place": place, "count": count}
    return Pair(_("업종 순위"), words, "", source_of(rank))


def _hits(context: Context) -> str:
    return ", ".join(f"{name} · {at.astimezone(SEOUL):%H:%M}" for name, at in context.hits) or "—"
