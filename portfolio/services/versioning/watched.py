"""Watched: the tables statistics of trades are made of, and whose statistics a row of each belongs to."""

from dataclasses import dataclass

__all__ = ["WATCHED", "Watched"]

OF_TRADE = "(SELECT account_id FROM portfolio_trade WHERE id = {row}.trade_id)"
OF_SCREENER = "(SELECT account_id FROM market_screener WHERE id = {row}.screener_id)"
EVERYBODYS = "0"


@dataclass(frozen=True, slots=True)
class Watched:
    """``owner`` and ``only`` are SQL about one row (``{row}`` is NEW or OLD); ``only`` leaves out rows that say
    nothing. Of an update only changes of ``columns`` count, all of them when there are none named; ``key`` is
    the primary key."""

    table: str
    owner: str = OF_TRADE
    only: str = ""
    columns: tuple[str, ...] = ()
    key: str = "id"


WATCHED = (
    Watched("portfolio_trade", "{row}.account_id"),
    Watched("portfolio_excursion"),
    Watched("portfolio_entrylevels"),
    Watched("portfolio_entrycontext"),
    Watched("portfolio_review"),
    Watched("portfolio_tradetag"),
    Watched("portfolio_rulecheck"),
    Watched("portfolio_rule", EVERYBODYS),
    Watched("portfolio_tag", EVERYBODYS),
    Watched("portfolio_taggroup", EVERYBODYS),
    # A rule may ask what the account was worth on a day before the trade; today's worth moves all the time and
    # concerns no trade yet.
    Watched(
        "portfolio_balance",
        "{row}.account_id",
        "EXISTS (SELECT 1 FROM portfolio_trade WHERE account_id = {row}.account_id AND opened_day > {row}.day)",
    ),
    Watched("market_screenerhit", OF_SCREENER, columns=("condition", "symbol", "kind", "at")),
    Watched("market_instrument", EVERYBODYS, columns=("name", "sector"), key="symbol"),
    Watched("market_kept", EVERYBODYS, "{row}.what LIKE 'themes:%'", columns=("body",)),
)
