"""Further pages of a board: followed by the broker's cursor, which never leaves the server."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from market.boards.page import MOST_PAGES
from market.models import Kept
from market.services.replies import further_replies_of
from tests.market.pages.conftest import AnyBroker
from tests.people import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def long(broker: AnyBroker) -> AnyBroker:
    """A ranking of four pages of three rows."""
    broker.lengths["ka10027"] = 4
    return broker


def opened(person: Person, account: Account, pages: str = "", tr: str = "rank/ka10027") -> str:
    answer = person.get(
        f"/a/{account.code}/market/{tr}/", {"sort_tp": "1", **({"pages": pages} if pages else {})}
    )
    assert answer.status_code == 200
    return answer.content.decode()


def rows(page: str) -> int:
    return page.count("<tr data-symbol=")


def test_a_stranger_gets_no_further(stranger: Person, account: Account, broker: AnyBroker) -> None:
    assert stranger.get(f"/a/{account.code}/market/rank/ka10027/?pages=2").status_code == 404
    assert broker.asked == []


def test_the_next_page_is_offered_with_its_rows_and_the_choices(viewer: Person, account: Account) -> None:
    page = opened(viewer, account)

    assert "다음 3행 이어 받기" in page
    assert "?sort_tp=1&amp;pages=2" in page
    assert not re.search(r"\bK1\b", page), "the cursor stays here"  # as a word: tokens are made of letters


def test_each_page_more_is_one_call_more(viewer: Person, account: Account, broker: AnyBroker) -> None:
    assert [rows(opened(viewer, account, n)) for n in ("2", "3", "4")] == [6, 9, 12]

    assert broker.cursors == ["K2", "K3"]
    assert len(broker.asked) == 4


def test_at_the_end_nothing_more_is_offered(viewer: Person, account: Account, broker: AnyBroker) -> None:
    page = opened(viewer, account, "9")

    assert rows(page) == 12
    assert "마지막 쪽입니다" in page
    assert "이어 받기" not in page


def test_a_cursor_that_ended_is_no_end_of_the_list(viewer: Person, account: Account, broker: AnyBroker) -> None:
    opened(viewer, account, "2")
    broker.ended = True

    assert rows(opened(viewer, account, "3")) == 9


def test_a_cursor_of_long_ago_is_not_followed(viewer: Person, account: Account, broker: AnyBroker) -> None:
    opened(viewer, account, "2")
    Kept.objects.update(at=timezone.now() - timedelta(minutes=6))

    assert rows(opened(viewer, account, "3")) == 9
    assert broker.cursors == []


def test_cursors_are_not_shared_between_keys(viewer: Person, account: Account, broker: AnyBroker, team) -> None:
    opened(viewer, account, "2")
    kept = Kept.objects.get()
    other = Account(code="zzzzzzzzzz", environment=account.environment, team=team)
    further_replies_of(other, "ka10027", {"sort_tp": "1"}, 2)

    assert Kept.objects.exclude(pk=kept.pk).count() == 1


@pytest.mark.parametrize("nonsense", ["0", "-1", "x", "1.5", "²", "99999"])
def test_nonsense_in_the_address_is_the_first_page(viewer: Person, account: Account, nonsense: str) -> None:
    assert rows(opened(viewer, account, nonsense)) == 3


def test_there_is_an_end_to_what_one_board_shows(viewer: Person, account: Account, broker: AnyBroker) -> None:
    broker.lengths["ka10027"] = 99

    page = opened(viewer, account, "500")

    assert rows(page) == 3 * MOST_PAGES
    assert "조건을 좁히면 보입니다" in page


def test_several_pages_do_not_ask_again_by_themselves(viewer: Person, account: Account) -> None:
    assert re.search(r'id="listing"[^>]*hx-trigger="every 15s', opened(viewer, account))

    page = opened(viewer, account, "2")

    assert not re.search(r'id="listing"[^>]*hx-trigger', page)
    assert "스스로 새로 고치지 않습니다" in page
    assert "첫 쪽부터 다시" in page


def test_a_list_of_one_page_says_nothing_of_pages(viewer: Person, account: Account) -> None:
    assert "쪽 받음" not in opened(viewer, account, tr="rank/ka10032")


def test_headers_are_buttons_that_sort(viewer: Person, account: Account) -> None:
    page = opened(viewer, account)

    assert '<sort-table data-key="ka10027 1">' in page
    assert '<th scope="col" class="num"><button type="button">현재가</button></th>' in page
