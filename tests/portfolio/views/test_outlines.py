"""Outlines: offered and not forced, filled when they are put into a note, kept by those who may write."""

import pytest

from kiwoomweb.ui.templatetags.money import signed
from portfolio.analytics.filling import filled
from portfolio.models import NoteTemplate, RealisedDay
from tests.people import make_account


@pytest.fixture
def address(connected):
    return f"/a/{connected.code}/outlines/"


def draft(**changes: str) -> dict[str, str]:
    return {"section": "review", "name": "준의 차례", "text": "[날짜] [손익]\n■ 배운 것"} | changes


@pytest.fixture
def mine(trader, address):
    trader.post(f"{address}new/", draft())
    return NoteTemplate.objects.get()


def menu(person, account, day, section="review") -> str:
    return person.get(f"/a/{account.code}/notes/{day}.{section}/outlines/").content.decode()


def test_blanks_are_filled_and_what_is_no_blank_stays():
    values = {"날짜": "오늘", "pnl": "+1"}

    assert filled("[날짜] [PNL] [모름] [0] [[날짜]] [", values) == "오늘 +1 [모름] [0] [오늘] ["


def test_a_few_are_there_before_anybody_made_one(trader, full_account, today):
    found = menu(trader, full_account, today)

    assert "하루 복기" in found
    assert "하루 계획" not in found
    assert "하루 계획" in menu(trader, full_account, today, "plan")


def test_an_outline_is_filled_with_the_day_it_is_put_into(trader, full_account, today, mine):
    found = menu(trader, full_account, today)

    realised = RealisedDay.objects.current().get(account=full_account, day=today).realised
    assert f"{today} {signed(realised)}원" in found


def test_what_is_not_known_yet_is_a_dash_and_no_zero(trader, connected, mine):
    assert "2026-03-04 —" in menu(trader, connected, "2026-03-04")


def test_an_outline_can_be_changed_and_removed_and_its_row_stays(trader, address, mine):
    trader.post(f"{address}{mine.pk}/", draft(name="새 이름", shared="1"))
    mine.refresh_from_db()
    assert (mine.name, mine.is_shared) == ("새 이름", True)

    assert "새 이름" in trader.get(address).content.decode()

    trader.post(f"{address}{mine.pk}/remove/")
    assert "새 이름" not in trader.get(address).content.decode()
    assert NoteTemplate.objects.count() == 1


def test_a_shared_one_is_seen_in_the_teams_other_accounts_and_changed_only_at_home(
    trader, team, connected, today, mine
):
    other = make_account(team, "둘째", "8100000999")
    assert "준의 차례" not in menu(trader, other, "2026-03-04")

    NoteTemplate.objects.update(is_shared=True)

    assert "준의 차례" in menu(trader, other, "2026-03-04")
    assert trader.post(f"/a/{other.code}/outlines/{mine.pk}/", draft(name="x")).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "이름을 1자에서 40자까지"),
        ({"name": "가" * 41}, "이름을 1자에서 40자까지"),
        ({"text": " "}, "내용을 1자에서"),
        ({"text": "가" * 4_001}, "내용을 1자에서"),
        ({"section": "later"}, "어디에 쓰는 틀인지"),
        ({"section": "nonsense"}, "어디에 쓰는 틀인지"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_words_and_as_it_was_typed(trader, address, changes, words):
    answer = trader.post(f"{address}new/", draft(**changes))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert (changes.get("text", "■ 배운 것").strip() or "준의 차례") in answer.content.decode()
    assert not NoteTemplate.objects.exists()


def test_markup_in_an_outline_is_text(trader, connected, address, today):
    trader.post(f"{address}new/", draft(name="<script>alert(1)</script>", text='"><script>alert(2)</script>'))

    for page in (trader.get(address).content.decode(), menu(trader, connected, today)):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_a_viewer_reads_outlines_and_changes_none(viewer, trader, connected, address, mine):
    page = viewer.get(address)

    assert page.status_code == 200
    assert "<form" not in page.content.decode().partition('id="page"')[2].partition("</main>")[0]
    for path in ("new/", f"{mine.pk}/", f"{mine.pk}/remove/"):
        assert viewer.post(f"{address}{path}", draft()).status_code == 404


def test_a_stranger_finds_no_outlines(stranger, strangers_account, address, mine):
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}{mine.pk}/", draft()).status_code == 404
    assert stranger.post(f"/a/{strangers_account.code}/outlines/{mine.pk}/", draft()).status_code == 404
    assert "준의 차례" not in stranger.get(f"/a/{strangers_account.code}/outlines/").content.decode()
