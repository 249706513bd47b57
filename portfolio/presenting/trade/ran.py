"""MFE · MAE: the bar of the card, and its sentences."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.ui.templatetags.money import percent, won
from portfolio.models import Excursion, Trade
from portfolio.presenting.trade.rows import r_text
from portfolio.presenting.trade.words import duration

__all__ = ["Ran", "ran"]

RESOLUTIONS = {"tick": "틱", "minute": "1분", "day": "일"}


@dataclass(frozen=True, slots=True)
class Ran:
    """``low``, ``zero``, ``high`` and ``end`` place the bar's parts, in percent of its width."""

    mae: int
    mfe: int
    end: int | None
    mae_r: str
    mfe_r: str
    end_r: str
    low: float
    zero: float
    high: float
    at: float
    efficiency: Decimal | None
    resolution: str
    lines: tuple[tuple[str, str, str], ...]

    @property
    def loss_width(self) -> float:
        """From the worst to nothing, in percent of the bar."""
        return self.zero - self.low

    @property
    def gain_width(self) -> float:
        """From nothing to the best."""
        return self.high - self.zero


def ran(trade: Trade, row: Excursion, risk: int | None) -> Ran:
    """The extremes before costs; the end is the gross result, so that all three are of one kind."""
    end = trade.gross if trade.closed_day else None
    low, high = min(row.mae, end or 0, 0), max(row.mfe, end or 0, 0)
    width = (high - low) or 1
    margin = 4.0

    def place(value: int) -> float:
        return round(margin + (value - low) / width * (100 - 2 * margin), 2)

    return Ran(
        row.mae,
        row.mfe,
        end,
        _in_r(row.mae, risk),
        _in_r(row.mfe, risk),
        _in_r(end, risk),
        place(row.mae),
        place(0),
        place(row.mfe),
        place(end or 0),
        row.efficiency * 100 if row.efficiency is not None else None,
        _(RESOLUTIONS[row.resolution]),
        tuple(_lines(trade, row)),
    )


def _in_r(value: int | None, risk: int | None) -> str:
    return r_text(Decimal(value) / risk) if value is not None and risk else ""


def _lines(trade: Trade, row: Excursion) -> list[tuple[str, str, str]]:
    """Label, value, tooltip."""
    found = [
        (_("가장 나빴을 때"), f"{won(row.lowest)} · {_since(trade, row.lowest_at)}", moment(row.lowest_at)),
        (_("가장 좋았을 때"), f"{won(row.highest)} · {_until(trade, row.highest_at)}", moment(row.highest_at)),
    ]
    if row.best_price is not None and row.best_at is not None:
        words = _("%(price)s · 마지막 매도만 옮겼다면") % {"price": won(row.best_price)}
        found.append((_("가장 좋은 매도"), words, moment(row.best_at)))
    names = {
        "10m": _("나온 뒤 10분"),
        "60m": _("나온 뒤 60분"),
        "close": _("그날 종가"),
        "1d": _("나온 뒤 1일"),
        "5d": _("나온 뒤 5일"),
    }
    for key, label in names.items():
        if told := row.after.get(key):
            move = Decimal(told["move"]) * 100
            found.append((label, f"{won(Decimal(told['price']))} ({percent(move)})", _("나온 가격에 견주어")))
    return found


def _since(trade: Trade, at: datetime) -> str:
    if trade.opened_at is None or at < trade.opened_at:
        return moment(at)
    return _("진입 뒤 %(span)s") % {"span": _span(trade.opened_at, at)}


def _until(trade: Trade, at: datetime) -> str:
    if trade.closed_at is None or at > trade.closed_at:
        return _since(trade, at)
    return _("끝나기 %(span)s 전") % {"span": _span(at, trade.closed_at)}


def _span(first: datetime, last: datetime) -> str:
    days = (last.astimezone(SEOUL).date() - first.astimezone(SEOUL).date()).days
    if days:
        return _("%(n)s일") % {"n": days}
    return duration(int((last - first).total_seconds() // 60))


def moment(at: datetime) -> str:
    """``11-18 10:21``."""
    return at.astimezone(SEOUL).strftime("%m-%d %H:%M")
