"""Volumes: ka10023 surging, ka10024 records, ka10030 today's most, ka10031 yesterday's, ka10032 most won."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from kiwoomweb.broker.wire.writing import millions, plus
from kiwoomweb.simulator.boards.board import Line
from kiwoomweb.simulator.boards.parts import Part, Parts, parts_of
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.refusals import bad_input
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.boards.lists import best, face, lines, number, traded, venue
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["most_shares", "most_won", "records", "surging", "yesterdays_most"]

#: ka10031 knows so many ranks.
RANKS = 100
#: Minutes.
A_DAY = 1_440

Windowed = tuple[Line, int, int]


def surging(ask: Ask) -> Said:
    """ka10023: the last ``tm`` minutes (or one) beside as many before them, or today beside yesterday."""
    sort = ask.text("sort_tp")
    rising, by_rate = sort in {"1", "2"}, sort in {"2", "4"}

    def growth(one: Windowed) -> int | Decimal:
        _, before, now = one
        return percent(now - before, before) if by_rate else now - before

    found = [one for one in _windows(ask) if one[1] and (growth(one) > 0 if rising else growth(one) < 0)]
    found.sort(key=growth, reverse=rising)
    return Said(rows=Rows("trde_qty_sdnin", found, _surged))


def _windows(ask: Ask) -> list[Windowed]:
    """Each line with the volume of the stretch before and of the stretch now."""
    found = traded(lines(ask))
    if ask.text("tm_tp") == "2":
        return [(line, line.quote.previous_volume, line.quote.volume) for line in found]
    minutes = max(number(ask, "tm", A_DAY, empty=1), 1)
    once, twice = (_volumes_ago(ask, minutes * times) for times in (1, 2))
    return [
        (line, once.get(line.code, 0) - twice.get(line.code, 0), line.quote.volume - once.get(line.code, 0))
        for line in found
    ]


def _volumes_ago(ask: Ask, minutes: int) -> Mapping[str, int]:
    """The day's volumes by then; none before the day began."""
    then = ask.exchange.board.minutes_ago(ask.now, minutes)
    if then is None:
        return {}
    return {line.code: line.quote.volume for line in ask.exchange.board.lines(then, venue(ask))}


def _surged(one: Windowed) -> Mapping[str, Value]:
    line, before, now = one
    return {
        **face(line),
        "prev_trde_qty": before,
        "now_trde_qty": now,
        "sdnin_qty": plus(now - before),
        "sdnin_rt": plus(percent(now - before, before)),
    }


def records(ask: Ask) -> Said:
    """ka10024: more than on any of the last ``cycle_tp`` days; 이전거래량 is the record that fell."""
    board, days = ask.exchange.board, int(ask.text("cycle_tp"))
    found = []
    for line in traded(lines(ask)):
        before = max((bar.volume for bar in board.past(line.code, ask.now, days)), default=0)
        if before and line.quote.volume > before:
            found.append((line, before))
    found.sort(key=lambda pair: -percent(pair[0].quote.volume, pair[1]))
    return Said(rows=Rows("trde_qty_updt", found, lambda pair: _record(ask, *pair)))


def _record(ask: Ask, line: Line, before: int) -> Mapping[str, Value]:
    return {
        **face(line),
        **best(ask, line),
        "prev_trde_qty": before,
        "now_trde_qty": line.quote.volume,
    }


#: 장운영구분 -> the part of the day the ranking looks at.
SESSIONS: Mapping[str, Callable[[Parts], Part]] = {
    "0": lambda parts: parts.all,
    "1": lambda parts: parts.official,
    "2": lambda parts: parts.before,
    "3": lambda parts: parts.after,
}


def most_shares(ask: Ask) -> Said:
    """ka10030: by shares, by turnover of the listed shares or by won, of the whole day or of one session."""
    board, look = ask.exchange.board, SESSIONS[ask.text("mrkt_open_tp")]
    day, asked = board.day(ask.now), venue(ask)
    orders: Mapping[str, Callable[[Line, Part], int | Decimal]] = {
        "1": lambda line, part: part.volume,
        "2": lambda line, part: percent(part.volume, line.about.shares),
        "3": lambda line, part: part.turnover,
    }
    order = orders[ask.text("sort_tp")]
    cut = []
    for line in traded(lines(ask)):
        tape = board.market.tape(line.code, day)
        cut.append((line, parts_of(tape, asked, line.quote.volume, line.quote.turnover)))
    found = [pair for pair in cut if look(pair[1]).volume]
    found.sort(key=lambda pair: -order(pair[0], look(pair[1])))
    return Said(rows=Rows("tdy_trde_qty_upper", found, lambda pair: _most_shares(*pair)))


def _most_shares(line: Line, parts: Parts) -> Mapping[str, Value]:
    quote = line.quote
    return {
        **face(line),
        "trde_qty": quote.volume,
        "pred_rt": plus(percent(quote.volume - quote.previous_volume, quote.previous_volume)),
        "trde_tern_rt": plus(percent(quote.volume, line.about.shares)),
        "trde_amt": millions(quote.turnover),
        **_part("opmr", line, parts.official),
        **_part("af_mkrt", line, parts.after),
        **_part("bf_mkrt", line, parts.before),
    }


def _part(name: str, line: Line, part: Part) -> Mapping[str, Value]:
    """Columns of one session: its share of yesterday's volume and of the listed shares, in percent."""
    return {
        f"{name}_trde_qty": part.volume,
        f"{name}_pred_rt": plus(percent(part.volume, line.quote.previous_volume)),
        f"{name}_trde_rt": plus(percent(part.volume, line.about.shares)),
        f"{name}_trde_amt": millions(part.turnover),
    }


def yesterdays_most(ask: Ask) -> Said:
    """ka10031: ranks ``rank_strt`` to ``rank_end`` of the hundred busiest shares of the day before."""
    board = ask.exchange.board
    first, last = number(ask, "rank_strt", RANKS), number(ask, "rank_end", RANKS)
    if last < first:
        raise bad_input("1517", "rank_end", "순위시작보다 작습니다")
    past = {line.code: board.past(line.code, ask.now, 1) for line in lines(ask)}
    by_won = ask.text("qry_tp") == "2"

    def amount(line: Line) -> int:
        if not past[line.code]:
            return 0
        bar = past[line.code][0]
        return bar.worth if by_won else bar.volume

    ranked = sorted((line for line in lines(ask) if amount(line)), key=lambda line: -amount(line))
    wanted = ranked[:RANKS][max(first - 1, 0) : last]

    def row(line: Line) -> Mapping[str, Value]:
        return {**face(line, rate=False), "trde_qty": past[line.code][0].volume}

    return Said(rows=Rows("pred_trde_qty_upper", wanted, row))


def most_won(ask: Ask) -> Said:
    """ka10032: by won traded, beside the rank of the day before."""
    board, found = ask.exchange.board, lines(ask)

    def before(line: Line) -> int:
        past = board.past(line.code, ask.now, 1)
        return past[0].worth if past else 0

    ranks = {line.code: rank for rank, line in enumerate(sorted(found, key=lambda one: -before(one)), 1)}
    ranked = sorted(traded(found), key=lambda line: -line.quote.turnover)

    def row(placed: tuple[int, Line]) -> Mapping[str, Value]:
        rank, line = placed
        return {
            **face(line),
            **best(ask, line),
            "now_rank": rank,
            "pred_rank": ranks[line.code],
            "now_trde_qty": line.quote.volume,
            "pred_trde_qty": line.quote.previous_volume,
            "trde_prica": millions(line.quote.turnover),
        }

    return Said(rows=Rows("trde_prica_upper", list(enumerate(ranked, 1)), row))
