"""What the simulator tells of who traded, our own client can read: nothing unknown, nothing unreadable."""

import pytest

from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.reading import Kind, read
from kiwoomweb.simulator.replies.flows import REPLIES
from tests.simulator.flows.asking import Asker
from tests.simulator.flows.test_filters import USUAL


@pytest.mark.parametrize("tr_id", sorted(REPLIES))
def test_every_answer_can_be_read(noon: Asker, tr_id: str) -> None:
    tr = find(tr_id)
    body = {field.name: next(iter(field.choices), None) or USUAL[field.name] for field in tr.request}
    told = noon.said(tr_id, most=100, **body)
    reading = read(tr, {**told, "return_code": 0, "return_msg": ""}, body)
    assert reading.problems == () and not reading.unknown


def test_amounts_are_read_in_won(noon: Asker) -> None:
    tr = find("ka10066")
    asked = {"mrkt_tp": "001", "trde_tp": "1", "stex_tp": "1"}
    columns = {}
    for measure, kind in (("1", Kind.WON), ("2", Kind.COUNT)):
        told = noon.said("ka10066", amt_qty_tp=measure, **asked)
        table = read(tr, told, {"amt_qty_tp": measure, **asked}).tables[0]
        place = [column.name for column in table.columns].index("frgnr_invsr")
        assert table.columns[place].kind is kind
        columns[measure] = [row[place].value for row in table.rows]
    assert len(columns["1"]) == len(columns["2"]) > 100
    assert max(value for value in columns["1"] if isinstance(value, int)) > 1_000_000_000
