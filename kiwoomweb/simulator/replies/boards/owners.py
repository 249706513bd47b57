"""Owners: who bought a share on a day and who holds it, as the TRs of the flows tell it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kiwoomweb.simulator.flows.traded import FOREIGN, INDIVIDUAL, INSTITUTIONS, Group
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.replies.asking import Ask

__all__ = ["Owners", "owners_of"]


@dataclass(frozen=True, slots=True)
class Owners:
    """Bought net on a day, in shares or won; holdings in percent of the listed shares at its end."""

    individuals: int
    institutions: int
    foreigners: int
    foreign_firms: int
    programs: int
    foreign_rate: Decimal
    credit_rate: Decimal


def owners_of(ask: Ask, code: str, day: date, *, won: bool = False) -> Owners:
    """On KRX, today as far as it has come."""
    flows, market = ask.exchange.flows, ask.exchange.market
    traded, program = flows.traded(code, day, ask.now), flows.program(code, day, ask.now)
    bought, sold, paid, received = flows.carried(code, day, ask.now).foreign()
    shares = market.universe.instruments[code].shares

    def net(group: Group) -> int:
        return traded.net_won(group) if won else traded.net(group)

    return Owners(
        individuals=net(INDIVIDUAL),
        institutions=net(INSTITUTIONS),
        foreigners=net(FOREIGN),
        foreign_firms=paid - received if won else bought - sold,
        programs=program.net_won if won else program.net,
        foreign_rate=percent(flows.holding(code, day, ask.now).held, shares),
        credit_rate=percent(flows.loans(code, day, ask.now).balance, shares),
    )
