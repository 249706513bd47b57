"""The catalogue: all 206 TRs, each with its path and fields."""

import json
import re
import subprocess
import sys

import pytest

from kiwoomweb.broker.catalogue import SPECS, all_trs, find

TRS = list(all_trs())


def test_all_206_are_there_once():
    assert len(TRS) == len({tr.id for tr in TRS}) == 206


def test_the_trs_live_where_the_guide_says():
    paths = {tr.path for tr in TRS}
    assert len(paths) == 16
    assert all(re.fullmatch(r"/api/dostk/[a-z]+", path) for path in paths)
    assert sum(tr.path == "/api/dostk/acnt" for tr in TRS) == 33
    assert sum(tr.transport == "websocket" for tr in TRS) == 23


def test_an_unknown_id_is_an_error():
    with pytest.raises(KeyError):
        find("ka10009")


def names(fields):
    return [field.name for field in fields]


@pytest.mark.parametrize("tr", TRS, ids=lambda tr: tr.id)
def test_every_tr_is_described_in_full(tr):
    assert tr.name
    assert tr.group
    assert tr.response
    for fields in (tr.request, tr.response, *(item.fields for item in tr.lists)):
        assert len(set(names(fields))) == len(fields)
        assert all(field.name and field.label for field in fields)
        assert all(bool(field.fields) == (field.kind == "list") for field in fields)
        assert all(value for field in fields for value in field.choices.values())


def test_one_tr_in_detail():
    tr = find("kt00018")
    assert (tr.name, tr.group, tr.path, tr.pages) == ("계좌평가잔고내역요청", "계좌", "/api/dostk/acnt", True)
    assert names(tr.request) == ["qry_tp", "dmst_stex_tp"]
    assert all(field.required for field in tr.request)
    assert tr.request[0].choices == {"1": "합산", "2": "개별"}
    (lines,) = tr.lists
    price = next(field for field in lines.fields if field.name == "pur_pric")
    assert (price.label, price.unit, price.signed, price.padded) == ("매입가", "원", True, 15)


def test_scalars_have_one_page():
    assert not find("ka00001").pages
    assert find("kt20016").pages
    assert not find("0B").pages


def test_the_index_names_every_file_and_nothing_else():
    index = json.loads((SPECS / "index.json").read_text())
    assert {path.stem for path in SPECS.glob("*.json")} == {*index, "index"}
    assert sorted(tr_id for ids in index.values() for tr_id in ids) == sorted(tr.id for tr in TRS)


def test_importing_the_broker_loads_no_network_and_no_framework():
    """Whoever only speaks the broker's words must not pay for its client."""
    code = (
        "import sys; import kiwoomweb.broker, kiwoomweb.broker.catalogue, kiwoomweb.broker.calls.account, "
        "kiwoomweb.broker.calls.orders, kiwoomweb.broker.calls.charts; "
        "print(sorted({'httpx', 'websockets', 'msgspec', 'django', 'holidays', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
