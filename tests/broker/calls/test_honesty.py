"""Typed calls and the catalogue agree: nothing is read or sent that the TR does not have."""

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kiwoomweb.broker import calls, fids, frames
from kiwoomweb.broker.calls import (
    account,
    charts,
    gold,
    indices,
    instruments,
    investors,
    orders,
    quotes,
    themes,
    watchlists,
)
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.domain import Span
from kiwoomweb.broker.errors import BrokerError, Unreadable
from kiwoomweb.broker.wire.row import Row
from tests.broker.stage import said

DAY = date(2026, 9, 14)

CALLS: dict[str, tuple[Callable[..., Any], Callable[[Any], Any]]] = {
    "ka00001": (account.account_number, account.account_number),
    "kt00001": (account.deposit, account.deposit),
    "kt00018": (account.balance, account.balance),
    "ka01690": (account.closing, lambda b: account.closing(b, DAY)),
    "ka10085": (account.positions, account.positions),
    "ka10074": (account.realised, lambda b: account.realised(b, DAY, DAY)),
    "ka10073": (account.sales, lambda b: account.sales(b, DAY, DAY)),
    "ka10072": (account.sales_on, lambda b: account.sales_on(b, DAY)),
    "ka10077": (account.sales_today, lambda b: account.sales_today(b, "005930")),
    "ka10170": (account.diary, lambda b: account.diary(b, DAY)),
    "kt00002": (account.worth, lambda b: account.worth(b, DAY, DAY)),
    "kt00009": (account.executions_on, lambda b: account.executions_on(b, DAY)),
    "kt00015": (account.booked, lambda b: account.booked(b, DAY, DAY)),
    "ka10075": (orders.open_orders, orders.open_orders),
    "ka10076": (orders.filled_today, orders.filled_today),
    "kt00007": (orders.orders_on, lambda b: orders.orders_on(b, DAY)),
    "kt00007 traced": (orders.traced_on, lambda b: orders.traced_on(b, DAY)),
    "kt50031 traced": (orders.gold_traced_on, lambda b: orders.gold_traced_on(b, DAY)),
    "ka10088": (orders.split_orders, lambda b: orders.split_orders(b, "0000008")),
    "ka10001": (quotes.quote, lambda b: quotes.quote(b, "005930")),
    "ka10095": (quotes.quotes, lambda b: quotes.quotes(b, ["005930", "000660"])),
    "ka10004": (quotes.book, lambda b: quotes.book(b, "005930")),
    "ka10079": (charts.candles, lambda b: charts.candles(b, "005930", Span.TICK)),
    "ka10080": (charts.candles, lambda b: charts.candles(b, "005930", Span.MINUTE, minutes=5, until=DAY)),
    "ka10081": (charts.candles, lambda b: charts.candles(b, "005930", Span.DAY)),
    "ka10082": (charts.candles, lambda b: charts.candles(b, "005930", Span.WEEK)),
    "ka10083": (charts.candles, lambda b: charts.candles(b, "005930", Span.MONTH)),
    "ka10094": (charts.candles, lambda b: charts.candles(b, "005930", Span.YEAR)),
    "ka10099": (instruments.listings, lambda b: instruments.listings(b, instruments.Market.KOSPI)),
    "ka20001": (indices.index_quote, indices.index_quote),
    "ka20004": (indices.index_candles, lambda b: indices.index_candles(b, "001", Span.TICK)),
    "ka20005": (indices.index_candles, lambda b: indices.index_candles(b, "001", Span.MINUTE, minutes=5)),
    "ka20006": (indices.index_candles, lambda b: indices.index_candles(b, "001", Span.DAY)),
    "ka20007": (indices.index_candles, lambda b: indices.index_candles(b, "001", Span.WEEK)),
    "ka20008": (indices.index_candles, lambda b: indices.index_candles(b, "001", Span.MONTH)),
    "ka20019": (indices.index_candles, lambda b: indices.index_candles(b, "001", Span.YEAR)),
    "ka90001": (themes.themes, themes.themes),
    "ka90002": (themes.theme_members, lambda b: themes.theme_members(b, "557")),
    "ka10059": (investors.investor_days, lambda b: investors.investor_days(b, "005930")),
    "ka01300": (watchlists.watch_groups, watchlists.watch_groups),
    "ka01301": (watchlists.watched, lambda b: watchlists.watched(b, "000")),
    "ka50100": (gold.gold_quote, gold.gold_quote),
    "kt50020": (gold.gold_balance, gold.gold_balance),
    "kt50021": (gold.gold_power, gold.gold_power),
    "ka50079": (gold.gold_candles, lambda b: gold.gold_candles(b, "M04020000", Span.TICK)),
    "ka50080": (gold.gold_candles, lambda b: gold.gold_candles(b, "M04020000", Span.MINUTE)),
    "ka50081": (gold.gold_candles, lambda b: gold.gold_candles(b, "M04020000", Span.DAY)),
    "ka50082": (gold.gold_candles, lambda b: gold.gold_candles(b, "M04020000", Span.WEEK)),
    "ka50083": (gold.gold_candles, lambda b: gold.gold_candles(b, "M04020000", Span.MONTH)),
    "ka10100": (instruments.listing, lambda b: instruments.listing(b, "005930")),
}
#: The TR and how a call of it is made; a TR that is read in two ways is named with a word behind it.
EACH = [(key.split()[0], ask) for key, (_, ask) in CALLS.items()]


def names(fields):
    return {name for field in fields for name in ({field.name} | names(field.fields))}


@pytest.fixture
def looked_at(monkeypatch):
    """(TR, field) of everything a call reads."""
    seen: set[tuple[str, str]] = set()
    text = Row.text

    def watched(row: Row, name: str) -> str:
        seen.add((row.tr, name))
        return text(row, name)

    monkeypatch.setattr(Row, "text", watched)
    return seen


def test_every_call_is_in_the_table():
    modules = (
        account,
        orders,
        quotes,
        charts,
        instruments,
        indices,
        themes,
        investors,
        watchlists,
        gold,
    )
    public = [getattr(module, name) for module in modules for name in module.__all__]
    assert {call for call, _ in CALLS.values()} == {thing for thing in public if inspect.isfunction(thing)}
    assert calls.__doc__


@pytest.mark.parametrize(("tr_id", "ask"), EACH, ids=CALLS)
def test_every_field_a_call_reads_exists(broker, looked_at, tr_id, ask):
    ask(broker)
    known = names(find(tr_id).response) | {"", "token", "expires_dt"}  # a blank name is a field left unread
    assert {name for tr, name in looked_at if tr == tr_id} <= known
    assert {tr for tr, _ in looked_at} <= {tr_id, "au10001"}


@pytest.mark.parametrize(("tr_id", "ask"), EACH, ids=CALLS)
def test_every_request_is_one_the_tr_takes(broker, stage, tr_id, ask):
    ask(broker)
    (body,) = stage.bodies(tr_id)
    fields = {field.name: field for field in find(tr_id).request}
    assert set(body) <= set(fields)
    assert {name for name, field in fields.items() if field.required} <= {name for name in body if body[name]}
    for name, value in body.items():
        choices = {*fields[name].choices, "%"} if name == "dmst_stex_tp" else set(fields[name].choices)
        assert not choices or value in choices or not value


@pytest.mark.parametrize("key", CALLS)
def test_every_docstring_names_its_tr(key):
    tr_id, call = key.split()[0], CALLS[key][0]
    module = inspect.getmodule(call)
    assert tr_id in (call.__doc__ or "") or tr_id in inspect.getsource(module)


NUMBERS = ("qty", "amt", "pric", "prc", "_pl", "cmsn", "tax", "rt", "entr", "bid", "req")


@pytest.mark.parametrize(("tr_id", "ask"), EACH, ids=CALLS)
def test_no_number_is_ever_guessed(broker, stage, looked_at, tr_id, ask):
    """Break each field a call reads, one at a time: an error that names it, or a value that is not a number."""
    ask(broker)
    fields = {name for tr, name in looked_at if tr == tr_id}
    (whole,) = stage.answers[tr_id]
    for name in sorted(fields & set(flat(whole))):
        stage[tr_id] = said(changed(whole, name, "?!"))
        try:
            ask(broker)
        except Unreadable as trouble:
            assert name in trouble.said
            assert trouble.tr == tr_id
        else:
            assert not any(part in name for part in NUMBERS), f"{name} was broken and nobody minded"


@pytest.mark.parametrize(("tr_id", "ask"), EACH, ids=CALLS)
def test_a_blank_never_becomes_a_number(broker, stage, looked_at, tr_id, ask):
    """Blank each field a call reads: an error, ``None``, or (for words) an empty word; never zero."""
    ask(broker)
    fields = {name for tr, name in looked_at if tr == tr_id}
    (whole,) = stage.answers[tr_id]
    zero_before = zeros(ask(broker))
    for name in sorted(fields & set(flat(whole))):
        if name.endswith("_req_pre"):
            continue  # the change of a book level is told as none when blank
        stage[tr_id] = said(changed(whole, name, ""))
        try:
            got = ask(broker)
        except BrokerError:
            continue
        assert zeros(got) <= zero_before, name


def flat(reply):
    for name, value in reply.items():
        if isinstance(value, list):
            for row in value:
                yield from flat(row)
        else:
            yield name


def changed(reply, name, value):
    told = {
        key: [changed(row, name, value) for row in old] if isinstance(old, list) else old
        for key, old in reply.items()
    }
    return told | ({name: value} if name in told else {})


def zeros(thing):
    """How many zeros a value holds, at any depth."""
    if isinstance(thing, list | tuple):
        return sum(map(zeros, thing))
    if hasattr(thing, "__dataclass_fields__"):
        return sum(zeros(getattr(thing, name)) for name in thing.__dataclass_fields__)
    return int(thing == 0 and not isinstance(thing, bool))


#: 02 is pushed by a condition search and has no chapter of its own (PROTOCOL 8.8).
DOCUMENTED = [kind for kind in frames.MEANINGS if kind != "02"]


@pytest.mark.parametrize("kind", DOCUMENTED)
def test_every_fid_exists(kind):
    (data,) = (field for field in find(kind).response if field.name == "data")
    (values,) = (field for field in data.fields if field.name == "values")
    table = frames.MEANINGS[kind][0]
    assert set(table.__struct_encode_fields__) <= names(values.fields)


def test_every_table_has_a_meaning():
    assert {table for table, _ in frames.MEANINGS.values()} == {getattr(fids, name) for name in fids.__all__}
