"""Covered: a member who must not see amounts finds none of them in any page, file or JSON of the account."""

import re

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.urls import NoReverseMatch, get_resolver, reverse

from kiwoomweb.access.models import Membership
from kiwoomweb.access.roles import Role
from kiwoomweb.ui.templatetags.money import compact, short
from orders.models import Fill
from portfolio.models import Trade
from tests.people import make_person
from tests.portfolio.stats.making import trades

#: Amounts smaller than this are found by chance.
SMALLEST = 20_000
#: Fields that hold a price, a number of a row, or a count.
OPEN = re.compile(
    r"price|average|_no$|^id$|_id$|number|version|level|^open$|^high$|^low$|close|factor|stop|target"
)
DIGITS = re.compile(r"\d[\d,]*")
TABLES = ["days", "symbols", "sales", "journal", "day", "stats", "fills", "orders"]
TABLES += ["holdings", "deposits", "cash", "trades", "slices"]


@pytest.fixture
def masked(team):
    """Trades and takes away, but sees no amounts."""
    person = make_person("Mask", team, Role.TRADER)
    Membership.objects.filter(user=person.user).update(masked=True)
    return person


@pytest.fixture
def rich(full_account):
    """A year of results, holdings, fills, and derived trades."""
    trades(
        full_account,
        "0 09:05-09:35 005930 1377@71300-73100",
        "1 09:05-09:35 000660 733@201300-199100",
        "2 09:05 035420 519@198300",
    )
    return full_account


def amounts_of(account) -> set[int]:
    """Every whole number of every fact of the account that is no price, by magnitude."""
    found: set[int] = set()
    for app in ("portfolio", "orders"):
        for model in apps.get_app_config(app).get_models():
            try:
                model._meta.get_field("account")
            except FieldDoesNotExist:
                continue
            names = [
                field.name
                for field in model._meta.concrete_fields
                if "Integer" in field.get_internal_type() and not OPEN.search(field.name)
            ]
            for row in model._default_manager.filter(account=account).values_list(*names) if names else ():
                found |= {abs(value) for value in row if value}
    prices = {int(price) for price in Fill.objects.values_list("price", flat=True)}
    return {value for value in found if value >= SMALLEST} - prices


def addresses(account, today) -> list[str]:
    """Every page of the portfolio that can be read, its parameters filled in."""
    trade = Trade.objects.filter(account=account).first()
    fill = {
        "code": account.code, "day": str(today), "pk": trade.pk, "symbol": "005930", "part": "money",
        "by": "weekday", "key": f"{today}.review", "kind": "csv", "number": 1,
    }  # fmt: skip
    found = []
    for name, (patterns, *_rest) in get_resolver("portfolio.urls").reverse_dict.items():
        if isinstance(name, str):
            wanted = {one: fill[one] for one in patterns[0][1] if one in fill}
            try:
                found.append(reverse(f"portfolio:{name}", kwargs=wanted))
            except NoReverseMatch:
                continue
    base = f"/a/{account.code}"
    parts = (
        "money",
        "edge",
        "path",
        "when",
        "behaviour",
        "inside",
        "year",
        "table",
        "compare",
        "whatif",
        "habits",
    )
    found += [f"{base}/stats/{part}/" for part in parts]
    found += [f"{base}/stats/rows/win_rate/", f"{base}/trades/?size=big", f"{base}/pnl/?view=symbols"]
    return sorted(set(found))


def words(answer) -> str:
    body = b"".join(answer) if answer.streaming else answer.content
    return body.decode("utf-8", "replace")


def leaks(text: str, secret: set[int], said: set[str]) -> set[str]:
    plain = re.sub(
        r'(csrfmiddlewaretoken" value|X-CSRFToken"?:|nonce=|src=|href=|data-(?:clock|ahead|windows)=)[^>]*',
        "",
        text,
    )
    numbers = {int(one.replace(",", "")) for one in DIGITS.findall(plain) if len(one) < 16}
    return {str(one) for one in numbers & secret} | {one for one in said if one in plain}


@pytest.mark.security("S-78", asvs=["14.2.6"])
@pytest.mark.security("S-03", asvs=["8.2.3", "15.3.1"])
def test_no_page_file_or_json_tells_an_amount(masked, owner, rich, today):
    secret = amounts_of(rich)
    said = {how(value) for value in secret for how in (compact, short) if value >= 1_000_000}
    assert len(secret) > 400
    seen_by_owner, leaking = 0, {}
    pages = addresses(rich, today) + [
        f"/a/{rich.code}/files/{table}.csv?day={today}&month={today:%Y-%m}" for table in TABLES
    ]
    assert len(pages) > 40
    for page in pages:
        answer = masked.get(page)
        if answer.status_code != 200:
            continue
        if told := leaks(words(answer), secret, said):
            leaking[page] = sorted(told)[:6]
        if seen_by_owner < 6:
            seen_by_owner += bool(leaks(words(owner.get(page)), secret, said))
    assert leaking == {}
    assert seen_by_owner == 6, "the same search finds amounts where they are shown"


@pytest.mark.security("S-03", asvs=["8.2.3", "15.3.1"])
def test_live_events_and_marks_carry_no_sizes(masked, rich):
    from market.selectors.events import covered_text

    heard = covered_text(
        '{"seq":1,"kind":"order","symbol":"005930","size":1377,"price":71300,"remaining":12,"x":9}'
    )
    assert heard == '{"seq":1,"kind":"order","symbol":"005930"}'
    own = masked.get(f"/a/{rich.code}/own/").json()
    assert own["lots"] == {} and own["held"]
    marks = masked.get(f"/a/{rich.code}/symbols/005930/marks/").json()
    assert marks["quantity"] is None and {fill["quantity"] for fill in marks["fills"]} == {1}


def test_a_covered_reader_asks_the_broker_for_no_amounts_and_opens_no_original(masked, viewer, rich):
    for path in ("tr/kt00018/", "tr/00/", "keys/"):
        assert masked.get(f"/a/{rich.code}/{path}").status_code == 404
    assert masked.get(f"/a/{rich.code}/tr/ka10001/").status_code == 200
    assert viewer.get(f"/a/{rich.code}/tr/kt00018/").status_code == 200
