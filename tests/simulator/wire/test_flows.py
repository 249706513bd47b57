"""TRs about who traded, asked over the wire: every field, every filter, pages, and what does not exist."""

from functools import partial
from itertools import product

import pytest

from kiwoomweb.broker.catalogue import TR, Field, find
from kiwoomweb.simulator.profile import PAGE_ROWS
from kiwoomweb.simulator.replies.flows import LOOKS, REPLIES
from kiwoomweb.simulator.serve import Running
from tests.simulator.wire.caller import Caller

#: A first look at a whole market takes a while where many tests share a machine.
PATIENCE_S = 60.0

#: What a field takes where the guide lists no choices.
USUAL = {
    "stk_cd": "005930",
    "mmcm_cd": "050",
    "strt_dt": "20261109",
    "end_dt": "20261120",
    "dt": "20261120",
    "date": "20261120",
    "base_dt": "20261120",
}
#: Fields that may be blank, and why: a shorter column beside a longer one; the guide's own nameless field;
#: a limit that is not exceeded has no words.
MAY_BE_BLANK = {
    "ka90009": {field.name for field in find("ka90009").lists[0].fields},
    "ka10040": {field.name for field in find("ka10040").lists[0].fields},
    "ka10053": {field.name for field in find("ka10053").lists[0].fields},
    "ka90004": {"tot_6"},
    "kt20016": {"crd_limit_over_txt"},
}
#: More combinations of choices than this are sampled.
MOST = 10


@pytest.fixture(autouse=True)
def patient(caller: Caller) -> None:
    caller.http.timeout = PATIENCE_S


def values(field: Field) -> list[str]:
    if field.choices:
        return list(field.choices)
    return [USUAL[field.name]]


def bodies(tr: TR) -> list[dict[str, str]]:
    """Every combination of choices, or an even sample of them."""
    names = [field.name for field in tr.request]
    found = [dict(zip(names, one, strict=True)) for one in product(*map(values, tr.request))]
    return found[:: max(1, len(found) // MOST)]


def fields_of(tr: TR) -> list[str]:
    return [field.name for field in tr.response]


@pytest.mark.parametrize("tr_id", sorted(REPLIES))
def test_every_choice_is_answered_in_full(caller: Caller, tr_id: str) -> None:
    tr = find(tr_id)
    rows = 0
    for body in bodies(tr):
        told = caller.said(tr_id, **body)
        assert set(told) == {*fields_of(tr), "return_code", "return_msg"}
        for flat in (one.name for one in tr.response if one.kind != "list"):
            assert told[flat] != "" or flat in MAY_BE_BLANK.get(tr_id, ()), (flat, body)
        for listed in tr.lists:
            rows += len(told[listed.name])
            for row in told[listed.name]:
                assert list(row) == [field.name for field in listed.fields]
                blank = {name for name, text in row.items() if text == ""}
                assert blank <= MAY_BE_BLANK.get(tr_id, set()), (blank, body)
    assert rows or not tr.lists


@pytest.mark.parametrize(
    "tr_id", sorted(one for one in REPLIES if "stk_cd" in {f.name for f in find(one).request})
)
def test_a_share_nobody_lists_is_blank_and_a_letter_before_the_code_is_refused(
    caller: Caller, tr_id: str
) -> None:
    tr = find(tr_id)
    body = bodies(tr)[0] | ({"mrkt_tp": "3"} if tr_id == "ka10052" else {})
    told = caller.said(tr_id, **{**body, "stk_cd": "999999"})
    assert all(told[one.name] == [] for one in tr.lists)
    assert tr_id == "kt20016" or all(told[one.name] == "" for one in tr.response if one.kind != "list")
    code, words = caller.refusal(tr_id, **{**body, "stk_cd": "A005930"})
    assert code == 5 and "1902" in words


@pytest.mark.parametrize(
    ("tr_id", "body"),
    [
        ("ka10059", {"amt_qty_tp": "2", "trde_tp": "0", "unit_tp": "1", "stk_cd": "005930", "dt": "20261120"}),
        ("ka10008", {"stk_cd": "005930_AL"}),
        ("ka10034", {"mrkt_tp": "000", "trde_tp": "3", "dt": "20", "stex_tp": "1"}),
        ("ka90013", {"stk_cd": "005930"}),
    ],
)
def test_a_long_list_comes_in_pages_of_a_hundred(caller: Caller, tr_id: str, body: dict[str, str]) -> None:
    pages = list(caller.pages(tr_id, **body))
    name = find(tr_id).lists[0].name
    assert PAGE_ROWS[tr_id] == 100
    assert len(pages) > 1 and {len(page.json()[name]) for page in pages[:-1]} == {100}
    rows = [str(row) for page in pages for row in page.json()[name]]
    assert len(rows) == len(set(rows))


def test_whole_markets_come_on_one_page(caller: Caller) -> None:
    for tr_id in ("ka10063", "ka10066", "ka90004", "ka90012"):
        assert len(list(caller.pages(tr_id, **bodies(find(tr_id))[0]))) == 1


@pytest.mark.parametrize(
    ("tr_id", "field"),
    [
        ("ka10043", "netprps_qty"),
        ("ka10044", "netprps_amt"),
        ("ka10058", "netslmt_amt"),
        ("ka10061", "ind_invsr"),
        ("ka10062", "nettrde_amt"),
        ("ka10131", "orgn_nettrde_amt"),
        ("ka90005", "all_netprps"),
        ("ka90007", "all_tdy"),
        ("ka90008", "prm_netprps_amt_irds"),
        ("ka90013", "prm_netprps_amt"),
    ],
)
def test_losses_have_two_signs_where_the_broker_sends_two(caller: Caller, tr_id: str, field: str) -> None:
    found: list[str] = []
    for body in bodies(find(tr_id)):
        for code in ("005930", "247540", "000080"):
            told = caller.said(tr_id, **({**body, "stk_cd": code} if "stk_cd" in body else body))
            found += [row[field] for row in told[find(tr_id).lists[0].name]]
    falling = [text for text in found if text.startswith("-") and text != "-0"]
    assert falling and all(text.startswith("--") for text in falling)


def test_the_choices_of_these_trs_are_clean() -> None:
    for tr_id in REPLIES:
        for field in find(tr_id).request:
            assert all(value and value == value.strip() for value in field.choices), (tr_id, field.name)
            assert not field.choices or len(field.choices) > 1 or field.label, (tr_id, field.name)


def test_the_realtime_looks_fill_every_number_of_their_type(year: Running) -> None:
    for kind, look in LOOKS.items():
        data = next(one for one in find(kind).response if one.name == "data")
        fids = next(one for one in data.fields if one.name == "values").fields
        told, unlisted, nowhere = (
            year.call(partial(look, item=item)) for item in ("005930", "999999", "005930_XX")
        )
        assert told is not None and set(told) == {one.name for one in fids}
        assert all(str(value) for value in told.values())
        assert unlisted is None and nowhere is None
