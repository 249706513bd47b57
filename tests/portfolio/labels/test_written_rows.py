"""The list of trades is written once and kept; nobody sees rows of before, of another, or not their own."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kiwoomweb.access.models import Account
from portfolio.models import Review, Tag, TagGroup, Trade
from portfolio.presenting import written_rows
from portfolio.selectors.filtering.sums import Sums
from tests.people import Person, make_account
from tests.portfolio.labels.trading import carry, label, trade


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    written_rows.forget_rows()


def listed(person: Person, account: Account, query: str = "") -> str:
    answer = person.get(reverse("portfolio:trades", args=[account.code]) + query)
    assert answer.status_code == 200
    return answer.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]


def rewritten(account: Account) -> None:
    Trade.objects.filter(account=account).update(net=-77_000)


def added(account: Account) -> None:
    trade(account, 3, -77_000)


def reviewed(account: Account) -> None:
    now = timezone.now()
    Review.objects.update_or_create(trade=Trade.objects.first(), defaults={"reviewed_at": now, "rating": 4})


def labelled(account: Account) -> None:
    carry(Trade.objects.first(), label(account, "추격", group="또 하나"))


def renamed(account: Account) -> None:
    Tag.objects.filter(name="돌파").update(name="눌림")


def coloured(account: Account) -> None:
    TagGroup.objects.update(color="pink")
    Tag.objects.update(color="")


@pytest.mark.parametrize("change", [rewritten, added, reviewed, labelled, renamed, coloured])
def test_what_has_changed_is_seen_at_the_next_look(trader: Person, account: Account, change) -> None:
    carry(trade(account, 0, 5_000), label(account, "돌파"))
    before = listed(trader, account)
    assert listed(trader, account) == before
    change(account)
    after = listed(trader, account)
    written_rows.forget_rows()
    assert after != before
    assert after == listed(trader, account), "as if nothing had ever been kept"


def test_rows_are_written_once_while_nothing_changes(
    trader: Person, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    trade(account)
    listed(trader, account)
    monkeypatch.setattr("portfolio.presenting.trade_list.trade_rows", lambda *_args, **_rest: "")
    assert "삼성전자" in listed(trader, account)


def test_readers_differ_by_right_language_and_account(
    viewer: Person, trader: Person, account: Account, team
) -> None:
    other = make_account(team, "다른 계좌", "8100000222")
    trade(account, 0, 5_000)
    assert "checkbox" in listed(trader, account)
    assert "checkbox" not in listed(viewer, account)
    assert "삼성전자" not in listed(trader, other)
    trader.user.language = "en"
    trader.user.save()
    assert "청산" not in listed(trader, account)
    assert "청산" in listed(viewer, account)


def test_filters_pages_and_orders_have_rows_of_their_own(trader: Person, account: Account) -> None:
    for number in range(3):
        trade(account, number, 1_000 * (number + 1))
    seen = [listed(trader, account, query) for query in ("", "?sort=net", "?result=loss", "?after=1")]
    seen += [listed(trader, account, f"?after={Trade.objects.order_by('pk').last().pk}")]
    assert listed(trader, account, "?sort=net") == seen[1]
    assert len(set(seen[:3])) == 3


def test_only_so_many_letters_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written_rows, "MOST", 100)
    for number in range(10):
        page = written_rows.WrittenRows("x" * 40, number, number, False, False, Sums(0, 0, 0, 0, 0, 0), ())
        written_rows.written_once(("page", number), lambda page=page: page)
    assert list(written_rows._SHELF.pages) == [("page", 8), ("page", 9)]
