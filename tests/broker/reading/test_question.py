"""Questions: a person who fills in a form hears what is wrong before anything is sent."""

import pytest

from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.reading import question_problems
from kiwoomweb.broker.saying import Saying

ORDER = {"dmst_stex_tp": "KRX", "stk_cd": "005930", "ord_qty": "1", "ord_uv": "61000", "trde_tp": "0"}


def test_a_complete_body_may_be_sent() -> None:
    assert question_problems(find("kt10000"), ORDER) == {}
    assert question_problems(find("ka10001"), {"stk_cd": "005930_AL"}) == {}
    assert question_problems(find("ka50100"), {"stk_cd": "M04020000"}) == {}
    assert (
        question_problems(
            find("kt50030"),
            {
                "ord_dt": "20260105",
                "mrkt_deal_tp": "5",
                "slby_tp": "0",
                "stk_bond_tp": "0",
                "dmst_stex_tp": "KRX",
            },
        )
        == {}
    )


@pytest.mark.parametrize(
    ("tr", "body", "field", "word"),
    [
        ("kt10000", ORDER | {"stk_cd": ""}, "stk_cd", "입력해"),
        ("kt10000", ORDER | {"stk_cd": "A005930"}, "stk_cd", "005930"),
        ("kt10000", ORDER | {"stk_cd": "005930_NX"}, "stk_cd", "거래소"),
        ("kt10000", ORDER | {"stk_cd": "삼성전자"}, "stk_cd", "여섯 자리"),
        ("kt10000", ORDER | {"ord_qty": "1,000"}, "ord_qty", "쉼표"),
        ("kt10000", ORDER | {"ord_uv": "-1"}, "ord_uv", "부호"),
        ("kt10000", ORDER | {"trde_tp": "99"}, "trde_tp", "보통"),
        ("kt10000", ORDER | {"ord_qty": "1" * 200}, "ord_qty", "너무"),
        ("kt10000", ORDER | {"ord_qty": "1\n2"}, "ord_qty", "글자"),
        ("kt10000", ORDER | {"acnt_no": "1"}, "acnt_no", "없는"),
        ("ka10074", {"strt_dt": "2026-01-05", "end_dt": "20260105"}, "strt_dt", "YYYYMMDD"),
        ("ka10074", {"strt_dt": "20260230", "end_dt": "20260105"}, "strt_dt", "YYYYMMDD"),
        ("ka10074", {"strt_dt": "00000000", "end_dt": "20260105"}, "strt_dt", "YYYYMMDD"),
        ("ka10095", {"stk_cd": "|".join(["005930"] * 101)}, "stk_cd", "100"),
        ("ka10095", {"stk_cd": "005930|xx"}, "stk_cd", "여섯 자리"),
    ],
)
def test_a_wrong_field_is_named_with_what_to_do(tr: str, body: dict[str, str], field: str, word: str) -> None:
    problems = question_problems(find(tr), body)
    assert list(problems) == [field]
    assert word in problems[field]


def test_a_sentence_remembers_how_it_was_put_together() -> None:
    """A page in another language puts it together again."""
    said = question_problems(find("ka10081"), {"stk_cd": "005930", "upd_stkpc_tp": "1"})["base_dt"]
    assert isinstance(said, Saying)
    assert said == said.template % said.parts
    assert said.parts == {"label": "기준일자"}
