"""Whatever a request may choose makes a difference to its answer."""

from itertools import product

import pytest

from kiwoomweb.broker.catalogue import find
from kiwoomweb.simulator.refusals import Refusal
from kiwoomweb.simulator.replies.flows import REPLIES
from tests.simulator.flows.asking import Asker

USUAL = {
    "stk_cd": "247540",
    "mmcm_cd": "050",
    "strt_dt": "20261109",
    "end_dt": "20261113",
    "dt": "20261120",
    "date": "20261120",
    "base_dt": "20261120",
}
#: The day before the one on the board, where asking for a day must not mean today.
OTHERWISE = {"ka90009": {"date": "20261113"}}
#: As many rows are compared.
ROWS = 15
#: Choices without a difference, and why.
TOLD_ANYWAY = {
    ("ka90005", "amt_qty_tp"): "both measures are told; a terminal draws one",
    ("ka90010", "amt_qty_tp"): "both measures are told; a terminal draws one",
    ("ka90008", "amt_qty_tp"): "both measures are told; a terminal draws one",
    ("ka90013", "amt_qty_tp"): "both measures are told; a terminal draws one",
    ("ka10033", "updown_incls"): "on a day without a share at its limit nobody is left out",
}
CHOICES = sorted(
    (tr_id, field.name)
    for tr_id in REPLIES
    for field in find(tr_id).request
    if len(field.choices) > 1 and (tr_id, field.name) not in TOLD_ANYWAY
)


@pytest.mark.parametrize(("tr_id", "chosen"), CHOICES)
def test_a_choice_makes_a_difference(noon: Asker, tr_id: str, chosen: str) -> None:
    request = find(tr_id).request
    fixed = [field for field in request if field.name != chosen]
    choices = next(field.choices for field in request if field.name == chosen)
    names = [field.name for field in fixed]
    for others in product(*(list(field.choices) or [USUAL[field.name]] for field in fixed)):
        body = dict(zip(names, others, strict=True)) | OTHERWISE.get(tr_id, {})
        told = {answer(noon, tr_id, {**body, chosen: value}) for value in choices}
        if len(told) > 1:
            return
    raise AssertionError(f"{chosen} of {tr_id} changes nothing")


def answer(asker: Asker, tr_id: str, body: dict[str, str]) -> str:
    try:
        return repr(asker.said(tr_id, most=ROWS, **body))
    except Refusal as no:
        return no.message
