"""관심종목: the groups of the account and their shares, over the wire."""

import pytest

from tests.simulator.wire.caller import Caller


def test_every_group_can_be_opened_by_its_code(caller: Caller) -> None:
    told = caller.said("ka01300")
    assert told["rtcd"] == "S"
    assert len(told["nofi"]) >= 5
    assert len({group["gcod"] for group in told["nofi"]}) == len(told["nofi"])
    seen = 0
    for group in told["nofi"]:
        opened = caller.said("ka01301", arn_grp_id=group["gcod"])
        assert opened["rtcd"] == "S"
        for row in opened["nofj"]:
            assert set(row) == {"cod2", "bgb", "bgb_clr"}
            assert caller.said("ka10100", stk_cd=row["cod2"])["name"]
            assert (row["bgb"] == "1") == bool(row["bgb_clr"])
            seen += 1
    assert seen > 20


def test_a_group_may_be_empty(caller: Caller) -> None:
    sizes = [
        len(caller.said("ka01301", arn_grp_id=group["gcod"])["nofj"])
        for group in caller.said("ka01300")["nofi"]
    ]
    assert 0 in sizes


@pytest.mark.parametrize("number", ["999", "매일", "1"])
def test_a_group_nobody_made_fails_in_its_own_field(caller: Caller, number: str) -> None:
    told = caller.said("ka01301", arn_grp_id=number)
    assert (told["rtcd"], told["nofj"]) == ("F", [])


def test_the_group_must_be_said(caller: Caller) -> None:
    assert "파라미터=arn_grp_id" in caller.refusal("ka01301")[1]
