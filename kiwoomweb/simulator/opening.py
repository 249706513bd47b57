"""Opening: build the simulated world, or find the one an earlier run left in its folder and go on with it."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from time import time

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import next_trading_day, trading_day_after
from kiwoomweb.simulator.account import Account
from kiwoomweb.simulator.account_facts import CashKind
from kiwoomweb.simulator.admission import Profile
from kiwoomweb.simulator.clock import Clock, Hours, durable
from kiwoomweb.simulator.corporate import Corporate, plan_of
from kiwoomweb.simulator.history import read_history
from kiwoomweb.simulator.hours import demo_opening
from kiwoomweb.simulator.journal import Journal
from kiwoomweb.simulator.liveliness import Liveliness
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.moods import TYPICAL_YEAR
from kiwoomweb.simulator.printing import minute_prints, minute_start
from kiwoomweb.simulator.products.gold_person import GoldPerson
from kiwoomweb.simulator.temperament import TEMPERAMENTS
from kiwoomweb.simulator.trader import Trader

__all__ = ["Wish", "World", "open_world"]

#: Raise this when the same seed would give another world: folders of older worlds are then set aside.
MAKE = 1
MOCK_DEPOSIT = 10_000_000
#: A history file must show so many days before the account opens, so that charts have something to show.
LEAD = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """What kind of world is wanted."""

    seed: int = 1
    history: Path | None = None
    profile: Profile = "real"
    trader: bool = True
    fees: int | None = None
    krx_premarket: bool = False
    #: Arranged years of trading behind the account, how its person is (``temperament``), what happens to its
    #: holdings overnight (``corporate.plan_of``).
    years: int = 1
    temperament: str = ""
    actions: str = ""


@dataclass(frozen=True, slots=True)
class World:
    market: Market
    account: Account
    clock: Clock


def open_world(wish: Wish, state: Path | None, now: datetime | None) -> World:
    """``now`` pins a paused clock there; without it the demo opens as it should (plan: real time or 10:30)."""
    history = read_history(wish.history) if wish.history else None
    market = Market(wish.seed, history, krx_premarket=wish.krx_premarket)
    begins = now.astimezone(SEOUL) if now else demo_opening(market, datetime.fromtimestamp(time(), SEOUL))
    opening = _kept_opening(wish, state, begins) if state else begins
    account = _account(market, wish, opening.date(), state)
    hours = Hours(market.sessions, lambda day: next_trading_day(day, market.overrides))
    clock = Clock(hours, begins, speed=0.0 if now else 1.0, state=state)
    account.play(clock.now())
    account.log.live = True
    # The tapes of the replayed year will hardly be asked for again.
    market.tape.cache_clear()
    account.gold.market.tape.cache_clear()
    minute_prints.cache_clear()
    return World(market, account, clock)


def _account(market: Market, wish: Wish, shown_from: date, state: Path | None) -> Account:
    """The account, with a year of trading behind it by the day the demo was first shown."""
    first = _first_day(market, shown_from, wish.years) if wish.trader else shown_from
    account = Account(market, wish.profile, first, Journal(state), wish.fees)
    if not wish.trader:
        account.mornings.append(lambda day: _deposit(account) if day == first else None)
        return account
    account.mornings.append(GoldPerson(account.gold, wish.seed, first).morning)
    temperament = TEMPERAMENTS[wish.temperament] if wish.temperament else None
    trader = Trader(account.desk, wish.seed, first, temperament)
    if wish.actions:
        account.corporate = Corporate(account.ledger, trader, plan_of(wish.actions))
        account.mornings.append(account.corporate.morning)
    show = Liveliness(trader.hands, trader.codes)
    account.mornings.append(trader.morning)
    account.mornings.append(lambda day: show.morning(day) if day >= shown_from else None)
    return account


def _deposit(account: Account) -> None:
    at = minute_start(account.opened_on, 490)
    account.ledger.purse.move(at, CashKind.DEPOSIT, MOCK_DEPOSIT)
    account.gold.ledger.move(at, CashKind.DEPOSIT, MOCK_DEPOSIT)


def _first_day(market: Market, shown_from: date, years: int) -> date:
    begins = trading_day_after(shown_from, -TYPICAL_YEAR * years, market.overrides)
    if market.history is None:
        return begins
    lead = trading_day_after(market.history.first, LEAD, market.overrides)
    return min(max(begins, lead), shown_from)


def _kept_opening(wish: Wish, state: Path, begins: datetime) -> datetime:
    """The instant this world was first shown; a folder of another world is set aside, never mixed."""
    state.mkdir(parents=True, exist_ok=True)
    file, wanted = state / "world.json", _fingerprint(wish)
    if file.exists():
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept.get("world") == wanted:
            return datetime.fromisoformat(kept["opened"]).astimezone(SEOUL)
        _set_aside(state)
    durable(file, json.dumps({"world": wanted, "opened": begins.isoformat()}))
    return begins


def _fingerprint(wish: Wish) -> dict[str, object]:
    """What makes two worlds the same."""
    # Worlds made before these existed had none of them.
    knobs = {"fees": None, "krx_premarket": False, "years": 1, "temperament": "", "actions": ""}
    asked = {
        key: value
        for key, value in asdict(wish).items()
        if key != "history" and not (key in knobs and value == knobs[key])
    }
    content = blake2b(wish.history.read_bytes(), digest_size=8).hexdigest() if wish.history else ""
    return {"make": MAKE, "history": content, **asked}


def _set_aside(state: Path) -> None:
    for name in ("world.json", "clock.json", "orders.jsonl"):
        if (state / name).exists():
            (state / name).replace(state / f"{name}.of-another-world")
