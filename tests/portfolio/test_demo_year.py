"""The demo account's year, read over HTTP by the product's own synchronisation, adds up to the won."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.access.services.keeping import keeper
from kiwoomweb.broker.client import Client
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.domain import Side
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.pacing import Unpaced
from kiwoomweb.broker.tokens import MemoryTokenStore
from kiwoomweb.simulator.serve import Running, running
from orders.models import Fill, RejectedRow
from orders.selectors.fills import fills_on
from portfolio.analytics.proof import DayState, Line, Verdict
from portfolio.models import DayProof, Purpose, RealisedDay, Rollup, SyncTask, Trade, TradeSlice
from portfolio.selectors.days import clock_of
from portfolio.selectors.holdings import assets
from portfolio.selectors.journal import journal_day
from portfolio.selectors.performance import by_symbol, equity_curve
from portfolio.selectors.progress import backfill_progress
from portfolio.selectors.proof import states_between
from portfolio.selectors.proof.begins import begin_of
from portfolio.selectors.sales import sales_between
from portfolio.selectors.sync import Health, sync_state
from portfolio.selectors.today import today
from portfolio.services import backfilling, closing
from portfolio.services.proving import prove, prove_rest
from portfolio.services.trades.catching_up import derive_anew
from portfolio.timetable import CLOSING_READS
from tests.portfolio.reports.year import reports_tell_the_year
from tests.portfolio.steps import do, dump, give_keys, versions, work

GENEROUS = {"quota": 10_000, "total_quota": 10_000, "token_quota": 10_000}


@pytest.fixture
def year(request: pytest.FixtureRequest) -> Iterator[Running]:
    """A broker whose account has traded for a year, in the middle of a Friday; its clock stands still.

    A test may want its executions listed each by itself and not by order: nobody knows what the real one does.
    """
    with running("real", **GENEROUS, kt00009_rows=getattr(request, "param", "order")) as broker:
        yield broker


@pytest.fixture
def demo(account: Account, year: Running, monkeypatch: pytest.MonkeyPatch) -> Account:
    """The practice account, connected to that broker."""
    client = Client(
        Credentials(year.keys.app_key, year.keys.app_secret),
        year.address,
        tokens=MemoryTokenStore(),
        pacer=Unpaced(),
        environment=Environment.SIMULATOR,
        keep=keeper(account),
    )
    monkeypatch.setattr(gateway, "broker_for", lambda account, priority=None: client)
    monkeypatch.setattr(gateway, "broker_now", lambda account: year.clock.now())
    give_keys(account)
    account.number = year.account
    account.save()
    backfilling.begin(account.pk)
    yield account
    client.close()


def results_of(year: Running) -> dict[date, int]:
    """The exchange's own book: realised result of each day with a sale."""
    first, last = year.call(lambda exchange: exchange.opened_on), year.clock.now().date()
    days = year.call(lambda exchange: list(exchange.realised_days(first, last)))
    return {day.day: day.realised for day in days if day.has_sales}


def trades_are_the_year(demo: Account) -> None:
    """Every fill is in a trade, every won of every sale in a slice, and rollups are what raw queries say."""
    fills = Fill.objects.current().filter(account=demo)
    trades = Trade.objects.present().filter(account=demo)
    assert trades.aggregate(n=Sum("fills"))["n"] == fills.count()
    assert trades.filter(state="closed").count() > 150
    sales = sales_between(demo)
    slices = TradeSlice.objects.filter(account=demo)
    told = slices.filter(costs_from="broker")
    assert told.aggregate(won=Sum("net"))["won"] == sum(sale.realised for sale in sales)
    assert not slices.exclude(pk__in=told).exclude(day=fills.latest("day").day).exists()
    assert not trades.filter(state="unsettled").exists()
    held = trades.filter(open_quantity__gt=0)
    shares = {line.symbol: line.quantity for line in assets(demo).lines}
    assert {trade.symbol: trade.open_quantity for trade in held} == shares
    rollups = Rollup.objects.filter(account=demo)
    by_day = dict(rollups.filter(kind="all", span="day").values_list("start", "net"))
    assert {day: won for day, won in by_day.items() if won} == {
        row["day"]: row["won"] for row in slices.order_by().values("day").annotate(won=Sum("net"))
    }
    by_symbol_ = rollups.filter(kind="symbol", span="month").aggregate(n=Sum("fills"), won=Sum("net"))
    assert (by_symbol_["n"], by_symbol_["won"]) == (fills.count(), sum(by_day.values()))
    kept = trades_as_told(demo)
    derive_anew(demo.pk)
    assert trades_as_told(demo) == kept


def trades_as_told(account: Account) -> list[tuple[object, ...]]:
    """Trades, slices and rollups, without when they were written."""
    trades = Trade.objects.filter(account=account).order_by("pk")
    slices = TradeSlice.objects.filter(account=account).order_by("trade", "day")
    rollups = Rollup.objects.filter(account=account).order_by("kind", "span", "start", "key")
    columns = [field.attname for field in Rollup._meta.concrete_fields if field.attname != "id"]
    return [
        *trades.values_list("pk", "symbol", "opened_day", "closed_day", "fills", "net", "held_minutes"),
        *slices.values_list("trade", "day", "sold", "cost", "cost_fifo", "gross", "commission", "tax", "net"),
        *rollups.values_list(*columns),
    ]


@pytest.mark.parametrize("year", ["order", "execution"], indirect=True)
def test_a_year_arrives_whole_and_adds_up(demo: Account, year: Running) -> None:
    work(demo)

    # everything planned was read, without trouble and without a row refused
    assert backfill_progress(demo).finished
    assert sync_state(demo).health is Health.GOOD
    assert not RejectedRow.objects.exists()

    # daily results are the exchange's, to the won
    book = results_of(year)
    told = RealisedDay.objects.current().filter(account=demo).values_list("day", "realised")
    assert dict(told) == book
    assert len(book) > 20
    curve = equity_curve(demo)
    assert curve.total == sum(book.values())
    assert curve.points[-1].cumulative == curve.total

    # results by symbol are those of the days, but for the truncation of single sales
    sales = sum(line.sales for line in by_symbol(demo))
    assert abs(sum(line.realised for line in by_symbol(demo)) - curve.total) <= 20 * sales

    # fills replayed are the holdings, share by share
    shares: defaultdict[str, int] = defaultdict(int)
    for fill in Fill.objects.current().filter(account=demo):
        shares[fill.symbol] += fill.quantity if fill.side == Side.BUY else -fill.quantity
    held = {line.symbol: line.quantity for line in assets(demo).lines}
    assert {symbol: count for symbol, count in shares.items() if count} == held

    # fills of a day are its amounts, to the won (E1)
    for row in RealisedDay.objects.current().filter(account=demo):
        fills = fills_on(demo, row.day)
        assert row.sold == sum(fill.amount for fill in fills if fill.side is Side.SELL)
        assert row.bought == sum(fill.amount for fill in fills if fill.side is Side.BUY)

    trades_are_the_year(demo)

    # the pages have their figures
    now = year.clock.now().date()
    assert today(demo).day == now
    assert journal_day(demo, max(day for day in book if day < now)).is_itemised
    first_day = Account.objects.get(pk=demo.pk).first_day
    assert first_day
    assert first_day <= min(book)

    # and reading all of it once more changes nothing
    before = dump(demo), versions(demo)
    SyncTask.objects.filter(account=demo, tr__in=("ka10074", "ka10073", "ka10170")).update(
        state="waiting", passes=0, ready_at=None
    )
    work(demo)
    assert (dump(demo), versions(demo)) == before


def test_every_day_of_the_year_is_proved_to_the_won_and_sealed_by_a_second_read(
    demo: Account, year: Running
) -> None:
    work(demo)
    prove_rest(demo)  # as new trades ask for after the commit, which a test never reaches
    first = begin_of(demo)
    states = states_between(demo, first, year.clock.now().date())
    assert set(states.values()) == {DayState.CLOSING, DayState.OPEN}

    year.clock.jump(year.clock.now() + timedelta(days=1, hours=5))
    for task in SyncTask.objects.filter(purpose=Purpose.AGAIN, state="waiting"):
        assert do(demo, task).trouble_kind == ""

    past = [day for day in states if day < date(2026, 11, 20)]
    assert len(past) > 200
    proofs = DayProof.objects.filter(account=demo, superseded_at=None, day__in=past)
    assert {proof.day for proof in proofs} == set(past)
    assert Counter(proof.state for proof in proofs) == {"sealed": len(past)}
    # 0 won off: what differs at all is explained by cutting
    lines = [Line.of(told) for proof in proofs for told in proof.lines]
    assert {line.verdict for line in lines if line.difference} <= {Verdict.ROUNDING}
    # the shares and the booked cash of days read backwards, too, by the close of each
    for key in ("close", "cash.booked"):
        told = Counter(line.verdict for line in lines if line.key == key)
        assert set(told) == {Verdict.SAME}
        assert told[Verdict.SAME] > 200
    # and our own average is the broker's wherever the sequence of orders is known
    own = Counter(line.verdict for line in lines if line.key == "realised.own")
    assert own[Verdict.SAME] > 100
    assert own[Verdict.DIFFERENT] == 0

    # proving once more is the same version, and cheap
    versions = DayProof.objects.count()
    with CaptureQueriesContext(connection) as asked:
        prove(demo, past[-20])
    assert DayProof.objects.count() == versions
    assert len(asked) <= 27

    derive_anew(demo.pk)
    reports_tell_the_year(demo)


def test_days_go_by_and_each_is_closed_as_the_exchange_books_it(demo: Account, year: Running) -> None:
    SyncTask.objects.filter(purpose=2).delete()
    for _day in range(3):
        work(demo)
        closing.plan_days(demo.sync, clock_of(demo))
        demo.sync.refresh_from_db()
        evening = year.clock.now().replace(hour=20, minute=6)
        year.clock.jump(evening)
        for task in SyncTask.objects.filter(purpose=1, state="waiting", ready_at__lte=evening):
            assert do(demo, task).trouble_kind == ""
        tomorrow = year.call(lambda exchange: exchange.trading_day_after(exchange.now().date(), 1))
        year.clock.jump(evening.replace(year=tomorrow.year, month=tomorrow.month, day=tomorrow.day, hour=10))
        SyncTask.objects.filter(purpose=0).update(ready_at=None, passes=0)
    book = {day: won for day, won in results_of(year).items() if day >= date(2026, 11, 20)}
    told = dict(RealisedDay.objects.current().filter(account=demo).values_list("day", "realised"))
    closed = [day for day in book if day < year.clock.now().date()]
    assert {day: told.get(day) for day in closed} == {day: book[day] for day in closed}
    assert CLOSING_READS > SyncTask.objects.filter(purpose=1).first().passes > 0
    assert demo.sync.planned_day >= date(2026, 11, 24) - timedelta(days=1)
