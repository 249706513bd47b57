"""관심종목: a team's and a person's lists, brought over from the broker and merged, never overwritten."""

import pytest

from kiwoomweb.access.models import Account, Credential
from kiwoomweb.broker.errors import BrokerDown
from market.models import Instrument, Watchlist
from market.services import watching
from tests.market.pages.conftest import AnyBroker
from tests.people import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def terminal(broker: AnyBroker, monkeypatch: pytest.MonkeyPatch, account: Account) -> AnyBroker:
    """What the person keeps in the broker's own terminal: two groups of two shares."""
    broker.told["ka01300"] = {"nofi": [{"gcod": "000", "name": "단타"}, {"gcod": "001", "name": "배당"}]}
    broker.told["ka01301"] = {
        "nofj": [{"cod2": "A005930", "bgb": "", "bgb_clr": ""}, {"cod2": "000660", "bgb": "", "bgb_clr": ""}]
    }
    monkeypatch.setattr("market.services.watching.broker_for", lambda *_: broker)
    Instrument.objects.create(symbol="005930", name="삼성전자", initials="ㅅㅅㅈㅈ")
    Credential.objects.create(
        account=account, app_key_seal=b"", app_secret_seal=b"", key_version=1, made_at=account.made_at
    )
    return broker


def opened(person: Person, account: Account, query: str = "") -> str:
    answer = person.get(f"/a/{account.code}/board/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def posted(person: Person, account: Account, path: str, **told: str) -> int:
    return person.post(f"/a/{account.code}/market/watchlists/{path}", told).status_code


def symbols(watchlist: Watchlist) -> list[str]:
    return list(watchlist.symbols.values_list("symbol", flat=True))


def test_a_stranger_sees_and_changes_nothing(stranger: Person, account: Account, team) -> None:
    chosen = Watchlist.objects.create(team=team, name="팀")

    for path in ("market/watchlists/", "board/", "symbols/005930/course/"):
        assert stranger.get(f"/a/{account.code}/{path}").status_code == 404
    assert stranger.post(f"/a/{account.code}/board/look/", {"view": "9"}).status_code == 404
    verbs = ("add", "remove", "rename", "delete", "restore", "back", "place", "move", "memo")
    for path in ("bring/", "make/", *(f"{chosen.pk}/{verb}/" for verb in verbs)):
        assert posted(stranger, account, path, name="x", symbol="005930") == 404
    assert list(Watchlist.objects.values_list("name", "removed_at")) == [("팀", None)]


def test_a_viewer_may_not_change_the_teams_lists_but_has_lists_of_their_own(
    viewer: Person, trader: Person, account: Account, team
) -> None:
    shared = Watchlist.objects.create(team=team, name="팀 목록")
    assert posted(viewer, account, "bring/") == 404
    assert posted(viewer, account, f"{shared.pk}/add/", symbol="005930") == 404

    posted(viewer, account, "make/", name="내 것", whose="team")
    mine = Watchlist.objects.get(name="내 것")
    assert (mine.owner, mine.team) == (viewer.user, None)
    assert posted(viewer, account, f"{mine.pk}/add/", symbol="삼성") == 302
    assert symbols(mine) == ["005930"]
    assert "내 것" not in opened(trader, account), "nobody else sees it"
    assert posted(trader, account, f"{mine.pk}/add/", symbol="005930") == 404


def test_groups_of_the_terminal_become_lists_of_the_team(
    trader: Person, viewer: Person, account: Account
) -> None:
    assert posted(trader, account, "bring/") == 302

    page = opened(viewer, account)
    assert "단타" in page
    assert "배당" in page
    assert "삼성전자" in page
    assert [symbols(one) for one in Watchlist.objects.all()] == [["005930", "000660"]] * 2


def test_bringing_over_again_merges_and_loses_nothing(
    trader: Person, account: Account, terminal: AnyBroker
) -> None:
    posted(trader, account, "bring/")
    first = Watchlist.objects.get(source_code="000")
    watching.add(first, "035720")
    Watchlist.objects.filter(pk=first.pk).update(name="내가 고친 이름")
    terminal.told["ka01301"] = {
        "nofj": [{"cod2": "005930", "bgb": "", "bgb_clr": ""}, {"cod2": "105560", "bgb": "", "bgb_clr": ""}]
    }

    posted(trader, account, "bring/")

    first.refresh_from_db()
    assert first.name == "내가 고친 이름"
    assert symbols(first) == ["005930", "000660", "035720", "105560"]
    assert Watchlist.objects.count() == 2


def test_a_broker_that_fails_on_the_way_changes_nothing(
    trader: Person, account: Account, terminal: AnyBroker
) -> None:
    del terminal.told["ka01301"]
    terminal.trouble = BrokerDown("HTTP 503")

    answer = trader.post(f"/a/{account.code}/market/watchlists/bring/", follow=True)

    assert "점검 중이거나 장애 상태" in answer.content.decode()
    assert Watchlist.objects.count() == 0


def test_symbols_come_off_again(trader: Person, account: Account, team) -> None:
    chosen = Watchlist.objects.create(team=team, name="팀")
    watching.add(chosen, "005930")

    posted(trader, account, f"{chosen.pk}/remove/", symbol="005930")

    assert symbols(chosen) == []
    assert "아직 종목이 없습니다" in opened(trader, account, f"?list={chosen.pk}")


def test_what_nobody_knows_is_not_put_on_a_list(trader: Person, account: Account, team) -> None:
    chosen = Watchlist.objects.create(team=team, name="팀")

    answer = trader.post(
        f"/a/{account.code}/market/watchlists/{chosen.pk}/add/", {"symbol": "없는 이름"}, follow=True
    )

    assert "맞는 종목이 없습니다" in answer.content.decode()
    assert symbols(chosen) == []


def test_a_list_has_an_end(team, account: Account) -> None:
    chosen = Watchlist.objects.create(team=team, name="팀")
    added = [watching.add(chosen, f"{n:06d}") for n in range(201)]

    assert added.count(True) == 200
    assert not watching.add(chosen, "000001")


def test_a_list_needs_a_name(viewer: Person, account: Account) -> None:
    answer = viewer.post(f"/a/{account.code}/market/watchlists/make/", {"name": "  "}, follow=True)

    assert "목록 이름을 적어 주세요" in answer.content.decode()


def test_prices_are_there_before_the_first_tick(
    viewer: Person, account: Account, team, terminal: AnyBroker
) -> None:
    chosen = Watchlist.objects.create(team=team, name="팀")
    watching.add(chosen, "005930")

    page = opened(viewer, account)

    assert '<td class="num rise" data-c="price" data-v="72400">72,400</td>' in page


def test_without_any_list_the_page_says_how_to_get_one(viewer: Person, account: Account) -> None:
    assert "관심종목이 없습니다" in opened(viewer, account, "?list=x")


@pytest.mark.parametrize("verb", ["rename", "delete"])
def test_whoever_only_looks_on_renames_and_deletes_no_list_of_the_team(
    viewer: Person, account: Account, team, verb: str
) -> None:
    shared = Watchlist.objects.create(team=team, name="팀 목록")

    assert posted(viewer, account, f"{shared.pk}/{verb}/", name="x") == 404

    assert list(Watchlist.objects.values_list("name", "removed_at")) == [("팀 목록", None)]
    assert "목록 고치기" not in opened(viewer, account)


def test_nobody_takes_back_what_another_threw_away(viewer: Person, trader: Person, account: Account) -> None:
    mine = watching.make("내 것", owner=viewer.user)
    assert posted(viewer, account, f"{mine.pk}/delete/") == 302

    assert "내 것" not in opened(trader, account)
    assert posted(trader, account, f"{mine.pk}/restore/") == 404


def test_a_list_is_renamed(trader: Person, account: Account, team) -> None:
    chosen = Watchlist.objects.create(team=team, name="팀")

    posted(trader, account, f"{chosen.pk}/rename/", name="  배당 <b> ")
    assert "배당 &lt;b&gt;" in opened(trader, account)

    answer = trader.post(f"/a/{account.code}/market/watchlists/{chosen.pk}/rename/", {"name": " "}, follow=True)
    assert "목록 이름을 적어 주세요" in answer.content.decode()
    chosen.refresh_from_db()
    assert chosen.name == "배당 <b>"


def test_a_deleted_list_is_out_of_sight_and_comes_back_whole(trader: Person, account: Account, team) -> None:
    chosen = Watchlist.objects.create(team=team, name="단타")
    watching.add(chosen, "005930")
    assert "종목 1개가 보이지 않게 됩니다" in opened(trader, account), "it says beforehand what goes"

    answer = trader.post(f"/a/{account.code}/market/watchlists/{chosen.pk}/delete/", follow=True)
    page = answer.content.decode()
    assert "되살릴 수 있습니다" in page
    assert f"?list={chosen.pk}" not in page
    assert posted(trader, account, f"{chosen.pk}/add/", symbol="000660") == 404

    assert posted(trader, account, f"{chosen.pk}/restore/") == 302
    assert f"?list={chosen.pk}" in opened(trader, account)
    assert symbols(chosen) == ["005930"]


def test_bringing_over_leaves_a_deleted_list_where_it_is(
    trader: Person, account: Account, terminal: AnyBroker
) -> None:
    posted(trader, account, "bring/")
    first = Watchlist.objects.get(source_code="000")
    posted(trader, account, f"{first.pk}/delete/")
    terminal.told["ka01301"] = {"nofj": [{"cod2": "105560", "bgb": "", "bgb_clr": ""}]}

    answer = trader.post(f"/a/{account.code}/market/watchlists/bring/", follow=True)

    assert "지운 목록 1개는 그대로 두었습니다" in answer.content.decode()
    assert symbols(first) == ["005930", "000660"]
    first.refresh_from_db()
    assert first.removed_at


def test_a_deleted_list_makes_room_for_another(viewer: Person, account: Account) -> None:
    lists = [watching.make(f"{n}", owner=viewer.user) for n in range(100)]
    assert watching.make("하나 더", owner=viewer.user) is None

    watching.throw_away(lists[0])
    assert watching.make("하나 더", owner=viewer.user)

    answer = viewer.post(f"/a/{account.code}/market/watchlists/{lists[0].pk}/restore/", follow=True)
    assert "목록이 너무 많습니다" in answer.content.decode()
