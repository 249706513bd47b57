"""The backfill benchmark counts what was asked, and compares it with what the limits allow."""

import json
from collections import Counter

import pytest

from kiwoomweb.operation.benchmarks.backfill import Backfilled, _summed, _Tally
from kiwoomweb.simulator.serve import OPENING

TODAY = f"{OPENING:%Y%m%d}"


def heard(*calls):
    """(moment, TR, body, status)"""
    tally = _Tally()
    tally.heard = [(at, tr, json.dumps(body), status) for at, tr, body, status in calls]
    return tally


def test_the_bound_is_set_by_the_busiest_tr_or_by_the_key():
    assert Backfilled(Counter({"kt00007": 100, "ka10170": 10}), 25.0, 0, 0).bound == pytest.approx(20)
    many = Backfilled(Counter({f"ka{n:05}": 5 for n in range(48)}), 25.0, 0, 0)
    assert many.bound == pytest.approx(20)
    assert many.efficiency == pytest.approx(0.8)


def test_it_is_measured_from_the_first_window_of_the_past_to_the_last():
    found = _summed(
        heard(
            (0.0, "kt00007", {"ord_dt": TODAY}, 200),
            (1.0, "ka10074", {"strt_dt": "20260801", "end_dt": "20261030"}, 200),
            (2.0, "kt00018", {}, 200),
            (3.0, "kt00007", {"ord_dt": "20261119"}, 429),
            (5.0, "kt00007", {"ord_dt": "20261119"}, 200),
            (6.0, "kt00007", {"ord_dt": "20261119"}, 200),
            (9.0, "kt00007", {"ord_dt": TODAY}, 200),
        )
    )
    assert (found.seconds, found.refused, found.repeated) == (5.0, 1, 1)
    assert found.calls == {"ka10074": 1, "kt00018": 1, "kt00007": 3}
