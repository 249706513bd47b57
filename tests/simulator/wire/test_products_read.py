"""What the simulator says about funds, warrants and gold can be read by the catalogue, field by field."""

from datetime import date

import pytest

from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.reading import question_problems, read
from kiwoomweb.broker.reading.usual import usual_question
from kiwoomweb.simulator.profile import ORDER_TRS
from kiwoomweb.simulator.replies.products import REPLIES
from kiwoomweb.simulator.serve import Running
from tests.simulator.wire.caller import Caller

FUND, OF_A_WARRANT = "069500", {"ka10048", "ka10050", "ka30011", "ka30012"}


@pytest.fixture(scope="module")
def warrant(year: Running) -> str:
    """Any warrant; asked for with patience, for the first question prices them all."""
    first = Caller(year)
    first.http.timeout = 60
    code: str = first.said("ka10099", mrkt_tp="3")["list"][0]["code"]
    first.said("ka30011", stk_cd=code)
    first.close()
    return code


@pytest.mark.parametrize("tr", sorted(set(REPLIES) - ORDER_TRS))
def test_every_product_reply_is_read_without_a_problem(caller: Caller, warrant: str, tr: str) -> None:
    spec = find(tr)
    body = usual_question(spec, date(2026, 11, 20), warrant if tr in OF_A_WARRANT else FUND)
    assert question_problems(spec, body) == {}
    reading = read(spec, caller.said(tr, **body))
    assert reading.problems == ()
    assert reading.unknown == {}
    told = [cell.value for _, cell in reading.fields if cell.value is not None]
    assert told or any(table.rows for table in reading.tables)
