"""A trade on the books: 62 shares bought on Monday and Tuesday, sold on Wednesday, and bars around it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL
from market.analytics.bars import PlainBar, pack
from market.models import Instrument, KeptBars
from orders.models import Fill
from portfolio.models import Trade
from portfolio.services.trades.catching_up import catch_up

MONDAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 20, 16, tzinfo=SEOUL)


@pytest.fixture(autouse=True)
def friday_afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broker's clock stands still after the close of the week."""
    monkeypatch.setattr(gateway, "broker_now", lambda account: NOW)


@pytest.fixture
def fill(account: Account) -> Callable[..., Fill]:
    """``fill("0 12:04 buy 30@195000")``: day of the week (0 is Monday), time, side, shares, price."""
    numbers = iter(range(1, 1000))

    def make(text: str, symbol: str = "000660") -> Fill:
        day, clock, side, what = text.split()
        quantity, price = map(int, what.split("@"))
        on = MONDAY + timedelta(days=int(day))
        number = next(numbers)
        return Fill.objects.create(
            account=account,
            day=on,
            order_no=f"{number:07}",
            fill_no="1",
            symbol=symbol,
            name="SK하이닉스",
            side=side,
            quantity=quantity,
            price=price,
            amount=quantity * price,
            filled_at=datetime.combine(on, datetime.strptime(clock, "%H:%M").time(), tzinfo=SEOUL),  # noqa: DTZ007
            venue="KRX",
            recorded_at=NOW + timedelta(seconds=number),
        )

    return make


@pytest.fixture
def closed(account: Account, fill: Callable[..., Fill]) -> Trade:
    """The trade of the mock: bought at 195,000 and 192,500, sold at 201,500 and 203,500."""
    Instrument.objects.create(symbol="000660", name="SK하이닉스", market="거래소")
    for text in (
        "0 12:04 buy 30@195000",
        "1 09:02 buy 32@192500",
        "2 09:06 sell 30@201500",
        "2 12:41 sell 32@203500",
    ):
        fill(text)
    catch_up(account.pk)
    return Trade.objects.get()


@pytest.fixture
def opened(account: Account, fill: Callable[..., Fill]) -> Trade:
    """Half sold, half still held."""
    for text in ("2 09:30 buy 10@1000", "3 10:00 sell 5@1100"):
        fill(text, "005930")
    catch_up(account.pk)
    return Trade.objects.get(symbol="005930")


@pytest.fixture
def unsettled(account: Account, fill: Callable[..., Fill]) -> Trade:
    """Sold without a buy anybody saw."""
    fill("1 10:00 sell 7@5000", "035720")
    catch_up(account.pk)
    return Trade.objects.get(symbol="035720")


def keeps(symbol: str, span: str, starts: date, *bars: tuple[datetime, int, int, int, int]) -> None:
    """Bars as they would have been kept: (beginning, open, high, low, close) in won."""
    plain = [PlainBar(int(at.timestamp()), *(price * 100 for price in prices), 100) for at, *prices in bars]
    KeptBars.objects.create(
        environment="simulator",
        symbol=symbol,
        span=span,
        starts=starts,
        source="ka10080",
        rows=pack(plain),
        count=len(plain),
        state="complete",
        fetched_at=NOW,
    )


def at(day: int, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    on = MONDAY + timedelta(days=day)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=SEOUL)


@pytest.fixture
def bars(closed: Trade) -> None:
    """Minutes of the three days: down to 191,000 on Monday, up to 207,000 on Wednesday; the index beside."""
    days = (
        (0, (("12:03", 194_500), ("12:04", 195_000), ("13:49", 191_000), ("15:30", 193_000))),
        (1, (("09:00", 192_000), ("09:02", 192_500), ("15:30", 199_000))),
        (
            2,
            (
                ("09:06", 201_500),
                ("10:41", 207_000),
                ("12:41", 203_500),
                ("12:52", 206_500),
                ("15:30", 202_500),
            ),
        ),
    )
    for day, told in days:
        on = MONDAY + timedelta(days=day)
        keeps("000660", "minute", on, *((at(day, clock), *[price] * 4) for clock, price in told))
        keeps("index:001", "minute", on, *((at(day, clock), *[2688 + 10 * day] * 4) for clock, _price in told))
    closes = ((0, 193_000), (1, 199_000), (2, 202_500), (3, 204_000), (4, 203_000))
    earlier = [(at(-n, "00:00"), *[190_000] * 4) for n in (7, 6, 5, 4, 3)][::1]
    keeps(
        "000660",
        "day",
        MONDAY.replace(day=1),
        *earlier,
        *((at(day, "00:00"), *[price] * 4) for day, price in closes),
    )
