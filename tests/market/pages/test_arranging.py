"""The order of a list, memos, moving and taking off: nothing somebody else has done meanwhile is lost."""

import pytest

from kiwoomweb.access.models import Account, Team
from market.models import Watchlist
from market.services import arranging, watching
from tests.people import Person

pytestmark = pytest.mark.django_db


def filled(team: Team, name: str, *symbols: str) -> Watchlist:
    made = Watchlist.objects.create(team=team, name=name)
    for symbol in symbols:
        watching.add(made, symbol)
    return made


def order(watchlist: Watchlist) -> str:
    return " ".join(watchlist.symbols.values_list("symbol", flat=True))


def posted(person: Person, account: Account, watchlist: Watchlist, verb: str, **told: str):
    return person.post(f"/a/{account.code}/market/watchlists/{watchlist.pk}/{verb}/", told)


def test_two_who_drag_at_the_same_time_both_get_their_way(trader: Person, account: Account, team) -> None:
    chosen = filled(team, "팀", "A", "B", "C", "D")

    # Both saw A B C D: one puts D first, the other A behind C; a third has added E.
    watching.add(chosen, "E")
    first = posted(trader, account, chosen, "place", symbol="D", after="")
    second = posted(trader, account, chosen, "place", symbol="A", after="C")

    assert first.json()["order"] == ["D", "A", "B", "C", "E"]
    assert second.json()["order"] == ["D", "B", "C", "A", "E"]
    assert order(chosen) == "D B C A E"


def test_behind_what_is_gone_is_the_end_and_what_is_gone_itself_is_told(
    trader: Person, account: Account, team
) -> None:
    chosen = filled(team, "팀", "A", "B", "C")
    arranging.take_off(chosen, "B")

    assert posted(trader, account, chosen, "place", symbol="A", after="B").json()["order"] == ["C", "A"]
    gone = posted(trader, account, chosen, "place", symbol="B", after="A")
    assert (gone.status_code, gone.json()["order"]) == (409, ["C", "A"])
    assert "새로 고쳐" in gone.json()["trouble"]


def test_what_was_taken_off_comes_back_where_it_was_with_its_memo(
    trader: Person, account: Account, team
) -> None:
    chosen = filled(team, "팀", "A", "B", "C")
    posted(trader, account, chosen, "memo", symbol="B", memo="  실적   발표 11월  ")
    posted(trader, account, chosen, "remove", symbol="B")
    assert "되돌리기" in trader.get(f"/a/{account.code}/board/").content.decode()
    arranging.place(chosen, "C", "")  # meanwhile somebody moved another

    posted(trader, account, chosen, "back")

    assert order(chosen) == "C A B"
    assert chosen.symbols.get(symbol="B").memo == "실적 발표 11월"
    assert "되돌리기" not in trader.get(f"/a/{account.code}/board/").content.decode()
    posted(trader, account, chosen, "back")
    assert order(chosen) == "C A B", "pressed twice, it is back once"


def test_a_symbol_moves_to_another_list_and_takes_its_memo_along(
    trader: Person, viewer: Person, account: Account, team
) -> None:
    here, there = filled(team, "단타", "A", "B"), filled(team, "스윙", "B", "C")
    for symbol, memo in (("A", "돌파"), ("B", "여기서만")):
        arranging.remember(here, symbol, memo)
    arranging.remember(there, "B", "먼저 적은 것")

    for symbol in ("A", "B"):
        posted(trader, account, here, "move", symbol=symbol, to=str(there.pk))

    assert (order(here), order(there)) == ("", "B C A")
    assert dict(there.symbols.values_list("symbol", "memo")) == {"B": "먼저 적은 것", "C": "", "A": "돌파"}
    strangers = watching.make("남의 것", owner=viewer.user)
    assert posted(trader, account, there, "move", symbol="A", to=str(strangers.pk)).status_code == 404
    assert order(there) == "B C A"


def test_a_memo_too_long_is_refused_and_the_old_one_stays(trader: Person, account: Account, team) -> None:
    chosen = filled(team, "팀", "A")
    arranging.remember(chosen, "A", "짧은 메모")

    posted(trader, account, chosen, "memo", symbol="A", memo="가" * 201)

    assert "200자까지" in trader.get(f"/a/{account.code}/board/").content.decode()
    assert chosen.symbols.get().memo == "짧은 메모"
