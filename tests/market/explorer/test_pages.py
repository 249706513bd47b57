"""The pages of the explorer: who may open them, that every TR has one, and how one is found."""

import re

import pytest

from kiwoomweb.broker.catalogue import all_trs
from market.models import Answered, FavouriteTR
from market.services.answering import note_answer

pytestmark = pytest.mark.django_db

TRS = sorted(tr.id for tr in all_trs())


@pytest.mark.parametrize(
    "part", ["tr/", "tr/ka10081/", "tr/symbols/?q=삼", "tr/ka20001/values/inds_cd/", "coverage/"]
)
def test_a_stranger_finds_no_such_account(stranger, account, part):
    assert stranger.get(f"/a/{account.code}/{part}").status_code == 404


@pytest.mark.parametrize("part", ["ka10081/", "ka10081/more/", "ka10081/star/", "ka10081/file.csv"])
def test_a_stranger_can_send_nothing(stranger, account, part):
    assert stranger.post(f"/a/{account.code}/tr/{part}").status_code == 404
    assert FavouriteTR.objects.count() == 0


def test_a_visitor_signs_in_first(visitor, account):
    assert visitor.get(f"/a/{account.code}/tr/").status_code == 302


def test_there_are_two_hundred_and_six_of_them():
    assert len(TRS) == 206


@pytest.mark.parametrize("tr", TRS)
def test_every_tr_has_a_page_for_everybody_who_may_see_the_account(viewer, account, tr):
    page = viewer.get(f"/a/{account.code}/tr/{tr}/")
    assert page.status_code == 200
    assert f'data-tr="{tr}"' in page.content.decode()


def test_a_tr_that_does_not_exist_is_not_found(viewer, account):
    assert viewer.get(f"/a/{account.code}/tr/ka99999/").status_code == 404


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("일봉", "ka10081"),
        ("KA10081", "ka10081"),
        ("ㅈㅅㅇㅂㅊㅌ", "ka10081"),
        ("stk_dt_pole_chart_qry", "ka10081"),
        ("체결강도", "ka10046"),
        ("주식 호가", "ka10004"),
    ],
)
def test_a_tr_is_found_by_name_id_initials_and_field(viewer, account, text, found):
    assert found in ids(viewer.get(f"/a/{account.code}/tr/", {"q": text}))


def test_the_buttons_keep_one_kind(viewer, account):
    path = f"/a/{account.code}/tr/"
    orders = ids(viewer.get(path, {"which": "order"}))
    live = ids(viewer.get(path, {"which": "live"}))
    asked = ids(viewer.get(path, {"which": "read"}))
    assert (len(orders), len(live), len(asked)) == (12, 19, 206 - 12 - 19)
    assert "kt10000" in orders
    assert "0B" in live
    assert {"ka10171", "kt00018"} <= set(asked)


def test_what_nobody_calls_so_is_not_found_and_the_page_says_so(viewer, account):
    page = viewer.get(f"/a/{account.code}/tr/", {"q": "없는이름"})
    assert ids(page) == []
    assert "맞는 TR이 없습니다" in page.content.decode()


def test_a_star_is_a_person_s_own(viewer, trader, account):
    path = f"/a/{account.code}/tr/"
    assert 'aria-pressed="true"' in viewer.post(f"{path}ka10081/star/").content.decode()
    assert ids(viewer.get(path, {"starred": "1"})) == ["ka10081"]
    assert ids(trader.get(path, {"starred": "1"})) == []
    assert 'aria-pressed="false"' in viewer.post(f"{path}ka10081/star/").content.decode()
    assert ids(viewer.get(path, {"starred": "1"})) == []


def test_a_success_lights_the_tr_of_that_account_alone(viewer, account, live_account):
    note_answer(account.pk, "ka10081")
    note_answer(account.pk, "ka10081")
    assert Answered.objects.count() == 1
    assert "마지막 성공" in viewer.get(f"/a/{account.code}/tr/").content.decode()
    assert "마지막 성공" not in viewer.get(f"/a/{live_account.code}/tr/").content.decode()


def test_the_page_carries_no_script_or_style_of_its_own(viewer, account):
    page = viewer.get(f"/a/{account.code}/tr/kt00018/").content.decode()
    assert " style=" not in page
    assert not re.search(r"\son\w+=", page)


def test_it_speaks_english(viewer, account):
    viewer.post("/language/", {"language": "en", "next": "/"})
    page = viewer.get(f"/a/{account.code}/tr/kt10000/").content.decode()
    assert "Order TRs are not sent from here" in page


def ids(page):
    return re.findall(r"<li><a href=\"[^\"]*/tr/(\w+)/\"", page.content.decode())


def test_what_is_wrong_is_said_in_english_to_who_reads_english(viewer, account):
    viewer.post("/language/", {"language": "en", "next": "/"})
    page = viewer.post(
        f"/a/{account.code}/tr/ka10081/", {"stk_cd": "A005930", "base_dt": "", "upd_stkpc_tp": "1"}
    )
    told = page.content.decode()
    assert page.status_code == 422
    assert "Leave out the leading A" in told
    assert "It is empty. Enter:" in told
