"""Themes: ka90001 all of them by return, ka90002 the shares of one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kiwoomweb.broker.wire.writing import directed, plus
from kiwoomweb.simulator.boards.board import Line
from kiwoomweb.simulator.boards.themes import Theme, mean_rate, period_return
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.refusals import bad_input
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.boards.lists import best, number, quote_sign, venue
from kiwoomweb.simulator.replies.names import listed_code
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["groups", "shares"]

BY_NAME, BY_SHARE = "1", "2"
#: 날짜구분: so many days back, one to ninety-nine.
MOST_DAYS = 99
#: 주요종목 names so many shares.
NAMED = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """A theme with its shares and what they made of the day and of the period, in percent."""

    theme: Theme
    lines: Sequence[Line]
    rate: Decimal
    period: Decimal


def groups(ask: Ask) -> Said:
    """ka90001."""
    sort = ask.text("flu_pl_amt_tp")
    look: Callable[[Standing], Decimal] = (
        (lambda one: one.period) if sort in {"1", "2"} else (lambda one: one.rate)
    )
    found = [_standing(ask, theme) for theme in _wanted(ask)]
    found.sort(key=look, reverse=sort in {"1", "3"})
    return Said(rows=Rows("thema_grp", found, _group))


def _wanted(ask: Ask) -> Sequence[Theme]:
    themes, asked = list(ask.exchange.themes.of.values()), ask.text("qry_tp")
    if asked == BY_NAME:
        return [theme for theme in themes if ask.text("thema_nm") in theme.name]
    if asked == BY_SHARE:
        if not ask.text("stk_cd"):
            raise bad_input("1511", "stk_cd")
        code, _ = listed_code(ask.text("stk_cd"))
        return [theme for theme in themes if code in theme.shares]
    return themes


def _standing(ask: Ask, theme: Theme) -> Standing:
    board, days = ask.exchange.board, _days(ask)
    lines = [line for code in theme.shares if (line := board.line(code, ask.now, venue(ask)))]
    returns = [period_return(board, line, ask.now, days) for line in lines]
    return Standing(theme, lines, mean_rate([line.quote.change_rate for line in lines]), mean_rate(returns))


def _days(ask: Ask) -> int:
    """``date_tp``; a day where the request (ka90002) leaves it out."""
    return number(ask, "date_tp", MOST_DAYS, least=1, empty=1)


def _group(one: Standing) -> Mapping[str, Value]:
    changes = [line.quote.change for line in one.lines]
    largest = sorted(one.lines, key=lambda line: -line.quote.turnover)[:NAMED]
    return {
        "thema_grp_cd": one.theme.code,
        "thema_nm": one.theme.name,
        "stk_num": len(one.lines),
        "flu_sig": direction(one.rate, 0),
        "flu_rt": plus(one.rate),
        "rising_stk_num": sum(change > 0 for change in changes),
        "fall_stk_num": sum(change < 0 for change in changes),
        "dt_prft_rt": plus(one.period),
        "main_stk": ", ".join(line.about.name for line in largest),
    }


def shares(ask: Ask) -> Said:
    """ka90002; blank for a theme nobody knows. The best of the day first."""
    theme = ask.exchange.themes.of.get(ask.text("thema_grp_cd"))
    if theme is None:
        return Said()
    one, days = _standing(ask, theme), _days(ask)
    ranked = sorted(one.lines, key=lambda line: -percent(line.quote.change, line.quote.base_price))
    head: dict[str, Value] = {"flu_rt": plus(one.rate), "dt_prft_rt": plus(one.period)}
    return Said(head, Rows("thema_comp_stk", ranked, lambda line: _share(ask, line, days)))


def _share(ask: Ask, line: Line, days: int) -> Mapping[str, Value]:
    quote = line.quote
    return {
        "stk_cd": line.code,
        "stk_nm": line.about.name,
        "cur_prc": directed(quote.price, quote.base_price),
        "flu_sig": quote_sign(quote),
        "pred_pre": plus(quote.change),
        "flu_rt": plus(quote.change_rate),
        "acc_trde_qty": quote.volume,
        **best(ask, line, sizes=True),
        "dt_prft_rt_n": plus(period_return(ask.exchange.board, line, ask.now, days)),
    }
