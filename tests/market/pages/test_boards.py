"""The boards: every list renders, strangers see none, the address holds the choices, old values stay."""

import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.calls.listings import LISTINGS
from kiwoomweb.broker.catalogue import all_trs, find
from kiwoomweb.broker.errors import BrokerDown
from market.boards.page import BoardPage
from market.boards.shelves import RANK, SHELVES, Board, Shelf, board_of
from market.models import Instrument, Kept
from tests.market.pages.conftest import AnyBroker
from tests.market.pages.samples import reply
from tests.people import Person

pytestmark = pytest.mark.django_db

EVERY = [(shelf.key, board.tr) for shelf in SHELVES for board in shelf.boards()]
#: Lists with pages of their own, or that only fill the selects of others.
ELSEWHERE = {"ka10095", "ka10099", "ka10101", "ka10102"}


def opened(person: Person, account: Account, shelf: str, tr: str, query: str = "", *, status: int = 200) -> str:
    answer = person.get(f"/a/{account.code}/market/{shelf}/{tr}/{query}")
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize(("shelf", "tr"), EVERY)
def test_a_stranger_finds_no_board(
    stranger: Person, account: Account, broker: AnyBroker, shelf: str, tr: str
) -> None:
    opened(stranger, account, shelf, tr, status=404)
    assert broker.asked == []


def test_a_visitor_is_asked_to_sign_in(visitor: Person, account: Account) -> None:
    assert visitor.get(f"/a/{account.code}/market/rank/ka10027/").status_code == 302


@pytest.mark.parametrize(("shelf", "tr"), EVERY)
def test_every_board_shows_what_the_broker_says(
    viewer: Person, account: Account, broker: AnyBroker, shelf: str, tr: str
) -> None:
    query = "?stk_cd=57JBHH" if shelf == "elw" else ""
    page = opened(viewer, account, shelf, tr, query)

    assert "10:30:05" in page
    assert broker.bodies_of(tr), "it was never asked"
    if find(tr).lists:
        assert page.count("<tr") >= 4  # the header and three rows
    else:
        assert "facts-grid" in page
    assert "못 읽은 칸" not in page


def test_every_ranking_of_the_guide_has_a_board() -> None:
    rankings = {tr.id for tr in all_trs() if tr.group == "순위정보"}

    assert {board.tr for board in RANK.boards()} >= rankings
    assert len(rankings) == 23


def test_every_list_of_the_market_has_a_place() -> None:
    assert LISTINGS.keys() - {tr for _shelf, tr in EVERY} == ELSEWHERE


def test_a_shelf_opens_with_its_first_board(viewer: Person, account: Account) -> None:
    answer = viewer.get(f"/a/{account.code}/market/rank/")
    assert answer.headers["Location"].endswith("/market/rank/ka10027/")


@pytest.mark.parametrize("path", ["nothing/", "rank/ka99999/", "rank/ka40004/", "etf/ka10027/"])
def test_what_is_on_no_shelf_is_no_page(viewer: Person, account: Account, path: str) -> None:
    assert viewer.get(f"/a/{account.code}/market/{path}").status_code == 404


def test_the_address_holds_the_choices(viewer: Person, account: Account, broker: AnyBroker) -> None:
    page = opened(viewer, account, "rank", "ka10027", "?mrkt_tp=101&sort_tp=3&stex_tp=1")

    body = broker.bodies_of("ka10027")[0]
    assert (body["mrkt_tp"], body["sort_tp"], body["stex_tp"]) == ("101", "3", "1")
    assert '<option value="101" selected>' in page


def test_a_choice_that_is_none_is_explained_and_never_sent(
    viewer: Person, account: Account, broker: AnyBroker
) -> None:
    page = opened(viewer, account, "rank", "ka10027", "?mrkt_tp=zzz", status=422)

    assert "고를 수 없는 값입니다" in page
    assert 'aria-invalid="true"' in page
    assert broker.bodies_of("ka10027") == []


def test_a_name_serves_as_well_as_a_code(viewer: Person, account: Account, broker: AnyBroker) -> None:
    Instrument.objects.create(symbol="000660", name="SK하이닉스", initials="SKㅎㅇㄴㅅ")

    opened(viewer, account, "flows", "ka10059", "?stk_cd=하이닉스")

    assert broker.bodies_of("ka10059")[0]["stk_cd"] == "000660"


def test_days_travel_without_their_dashes(viewer: Person, account: Account, broker: AnyBroker) -> None:
    page = opened(viewer, account, "short", "ka10014", "?strt_dt=2026-11-02&end_dt=2026-11-20")

    assert broker.bodies_of("ka10014")[0]["strt_dt"] == "20261102"
    assert 'value="2026-11-20" autocomplete="off" maxlength="60" type="date"' in page


def test_rows_lead_to_their_symbols_and_carry_them_for_the_marks(
    viewer: Person, account: Account, broker: AnyBroker
) -> None:
    page = opened(viewer, account, "rank", "ka10027")

    assert f'href="/a/{account.code}/symbols/005930/"' in page
    assert re.findall(r'<tr data-symbol="(\w+)"', page) == ["005930", "000660", "00104K"]


def test_a_board_of_four_lists_side_by_side_names_all_four(
    viewer: Person, account: Account, broker: AnyBroker
) -> None:
    page = opened(viewer, account, "rank", "ka90009")

    assert page.count(f'href="/a/{account.code}/symbols/005930/"') == 4


def test_rises_are_red_and_falls_blue_with_their_signs(
    viewer: Person, account: Account, broker: AnyBroker
) -> None:
    page = opened(viewer, account, "rank", "ka10027")

    assert '<span class="rise">72,400</span>' in page
    assert '<span class="fall">71,000</span>' in page
    assert '<span class="rise">+1.52%</span>' in page
    assert "▼" in page


def test_two_people_who_look_at_the_same_ask_once(
    viewer: Person, trader: Person, account: Account, broker: AnyBroker
) -> None:
    opened(viewer, account, "rank", "ka10032")
    opened(trader, account, "rank", "ka10032")

    assert len(broker.bodies_of("ka10032")) == 1


def test_a_silent_broker_leaves_the_last_values_and_says_so(
    viewer: Person, account: Account, broker: AnyBroker
) -> None:
    opened(viewer, account, "rank", "ka10032")
    Kept.objects.update(at=timezone.now() - timedelta(minutes=5))
    broker.trouble = BrokerDown("HTTP 503")

    page = opened(viewer, account, "rank", "ka10032")

    assert "점검 중이거나 장애 상태" in page
    assert "마지막으로 받은 값" in page
    assert "삼성전자" in page


def test_a_broker_that_was_never_heard_leaves_no_number(
    viewer: Person, account: Account, broker: AnyBroker
) -> None:
    broker.trouble = BrokerDown("HTTP 503")

    page = opened(viewer, account, "rank", "ka10032")

    assert "아직 받은 값이 없습니다" in page
    assert "<tbody>" not in page


def test_an_account_without_keys_says_what_to_do(viewer: Person, account: Account) -> None:
    assert "설정에서 키를 등록하면" in opened(viewer, account, "rank", "ka10027")


@pytest.mark.parametrize("rows", [[], [{"stk_cd": "", "stk_nm": "", "cur_prc": ""}]])
def test_an_empty_or_a_blank_answer_is_none_in_words(
    viewer: Person, account: Account, broker: AnyBroker, rows: list
) -> None:
    broker.told["ka10032"] = {"trde_prica_upper": rows}

    assert "조건에 맞는 것이 없습니다" in opened(viewer, account, "rank", "ka10032")


def test_what_cannot_be_read_is_shown_as_it_came(viewer: Person, account: Account, broker: AnyBroker) -> None:
    broker.told["ka10032"] = {
        "trde_prica_upper": [{"stk_cd": "005930", "stk_nm": "<b>x</b>", "cur_prc": "7e<4"}]
    }

    page = opened(viewer, account, "rank", "ka10032")

    assert "못 읽은 칸 1" in page
    assert "7e&lt;4" in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_the_part_alone_is_what_htmx_gets(viewer: Person, account: Account, broker: AnyBroker) -> None:
    answer = viewer.get(
        f"/a/{account.code}/market/rank/ka10027/", headers={"HX-Request": "true", "HX-Target": "listing"}
    )

    page = answer.content.decode()
    assert page.lstrip().startswith("<section")
    assert 'hx-trigger="every 15s' in page


def test_english_readers_read_english(viewer: Person, account: Account, broker: AnyBroker) -> None:
    answer = viewer.get(f"/a/{account.code}/market/rank/ka10027/", headers={"Accept-Language": "en"})

    page = answer.content.decode()
    listing = page[page.index('id="listing"') :]
    assert "Top movers" in listing
    assert re.findall(r"<th scope=\"col\"[^>]*>[^<]*[가-힣]", listing) == []
    assert re.findall(r"<label[^>]*>[^<]*[가-힣]", listing) == []


def test_two_hundred_rows_are_written_within_a_tenth_of_a_second(account: Account, broker: AnyBroker) -> None:
    """Of this process's own time, the best of five, whatever else the machine does; 4 ms where measured."""
    broker.told["ka10027"] = reply("ka10027", 200).fields
    board = board_of(RANK, "ka10027") or Board("", "")
    assert BoardPage(account, RANK, board, {}).tables, "addresses and words are there from now on"
    taken = []
    for page in [BoardPage(account, RANK, board, {}) for _ in range(5)]:
        assert page.reading
        started = time.process_time()
        assert page.tables[0].count == 200
        taken.append(time.process_time() - started)
    assert min(taken) < 0.1


def test_shelves_have_no_twins() -> None:
    for shelf in SHELVES:
        assert isinstance(shelf, Shelf)
        trs = [board.tr for board in shelf.boards()]
        assert len(trs) == len(set(trs))


def test_every_figure_kept_for_phones_is_one_the_broker_sends() -> None:
    kept = {(board.tr, board.figure) for shelf in SHELVES for board in shelf.boards() if board.figure}
    sent = {(tr, field.name) for tr, _figure in kept for one in find(tr).lists for field in one.fields}

    assert kept - sent == set()


def test_firms_stand_face_to_face(viewer: Person, account: Account, broker: AnyBroker) -> None:
    broker.told["ka10040"] = {
        "sel_trde_ori_1": "키움증권",
        "sel_trde_ori_qty_1": "-138406",
        "sel_trde_ori_irds_1": "+117",
        "buy_trde_ori_1": "모간스탠리",
        "buy_trde_ori_qty_1": "304285",
        "buy_trde_ori_irds_1": "-20",
        "frgn_sel_prsm_sum": "-172141",
        "frgn_buy_prsm_sum": "141380",
        "tdy_main_trde_ori": [],
    }

    page = opened(viewer, account, "members", "ka10040")

    assert '<td class="num fall">138,406</td><td class="sold">키움증권</td>' in page
    assert "모간스탠리 <span" in page, "a foreign house is flagged"
    assert "172,141" in page
    assert "조건에 맞는 것이 없습니다" not in page


def test_what_the_broker_does_not_tell_of_firms_takes_no_room(
    viewer: Person, account: Account, broker: AnyBroker
) -> None:
    broker.told["ka10002"] = {"sel_trde_ori_nm_1": "키움증권", "sel_trde_qty_1": "138406"}

    page = opened(viewer, account, "members", "ka10002")

    assert '<td class="num fall">138,406</td><td class="sold">키움증권</td>' in page
    assert "증감" not in page


def test_the_share_asked_for_travels_along_the_shelf(
    viewer: Person, account: Account, broker: AnyBroker
) -> None:
    Instrument.objects.create(symbol="000660", name="SK하이닉스")

    page = opened(viewer, account, "members", "ka10040", "?stk_cd=000660")

    assert '/market/members/ka10053/?stk_cd=000660"' in page
    assert "<b>SK하이닉스</b> <small>000660</small>" in page
    assert "stk_cd=000660" not in opened(viewer, account, "rank", "ka10027")
    opened(viewer, account, "stock", "ka10003")
    assert broker.bodies_of("ka10003")[0]["stk_cd"] == "000660", "it was looked at last"


def test_boards_about_a_fund_open_with_a_fund(viewer: Person, account: Account, broker: AnyBroker) -> None:
    Instrument.objects.create(symbol="005930", name="삼성전자")
    Instrument.objects.create(symbol="122630", name="KODEX 레버리지", kind="ETF")

    opened(viewer, account, "etf", "ka40009")
    opened(viewer, account, "stock", "ka10003", "?stk_cd=122630")
    opened(viewer, account, "etf", "ka40003")

    assert broker.bodies_of("ka40009")[0]["stk_cd"] == "069500"
    assert broker.bodies_of("ka40003")[0]["stk_cd"] == "122630", "the fund looked at last"


def test_boards_about_an_elw_open_with_one_that_is_traded(
    viewer: Person, account: Account, broker: AnyBroker
) -> None:
    broker.told["ka30009"] = {"elwflu_rt_rank": [{"stk_cd": "57JBHH", "stk_nm": "미래JBHH", "cur_prc": "10"}]}

    opened(viewer, account, "elw", "ka30012")

    assert broker.bodies_of("ka30012")[0]["stk_cd"] == "57JBHH"


def test_rows_of_funds_and_elw_open_their_own_boards(
    viewer: Person, account: Account, broker: AnyBroker
) -> None:
    assert "/market/etf/ka40009/?stk_cd=005930" in opened(viewer, account, "etf", "ka40004")
    assert "/market/elw/ka30012/?stk_cd=005930" in opened(viewer, account, "elw", "ka30009")


def test_amounts_of_a_column_are_in_one_unit(viewer: Person, account: Account, broker: AnyBroker) -> None:
    rows = [{"cntr_tm": "100000", "dfrt_trde_netprps": amount} for amount in ("+1250", "-75", "0")]
    broker.told["ka90005"] = {"prm_trde_trnsn": rows}

    page = opened(viewer, account, "program", "ka90005")

    assert re.findall(r'title="[−+\d,]*">([^<]+)<', page) == ["+12.50억", "−0.75억", "0.00억"]


def test_small_amounts_alone_are_in_man(viewer: Person, account: Account, broker: AnyBroker) -> None:
    broker.told["ka90005"] = {"prm_trde_trnsn": [{"cntr_tm": "100000", "dfrt_trde_netprps": "-75"}]}

    assert ">−7,500만<" in opened(viewer, account, "program", "ka90005")


def test_one_large_amount_beside_small_ones_is_in_man(
    viewer: Person, account: Account, broker: AnyBroker
) -> None:
    rows = [{"cntr_tm": "100000", "dfrt_trde_netprps": amount} for amount in ("+129", "-3", "+5")]
    broker.told["ka90005"] = {"prm_trde_trnsn": rows}

    page = opened(viewer, account, "program", "ka90005")

    assert re.findall(r'title="[−+\d,]*">([^<]+)<', page) == ["+12,900만", "−300만", "+500만"]


def test_decimals_the_guide_calls_text_are_figures(viewer: Person, account: Account, broker: AnyBroker) -> None:
    row = {
        "stk_cd": "069500",
        "stk_nm": "KODEX 200",
        "close_pric": "53595",
        "txbs": "53366.17",
        "nav": "53318.37",
    }
    broker.told["ka40004"] = {"etfall_mrpr": [{**row, "trace_idex": "-507.02"}]}

    page = opened(viewer, account, "etf", "ka40004")

    assert '<td class="num wide">53,366.17</td>' in page
    assert '<td class="num wide"><span class="fall">507.02</span></td>' in page, "an index is never below zero"
