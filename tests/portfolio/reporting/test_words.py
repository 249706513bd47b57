"""A timetable is said in a sentence, and what happens on a day without a market in another."""

from datetime import time

import pytest
from django.utils import translation

from portfolio.models import ReportPlan
from portfolio.presenting.reporting.words import timetable_words


@pytest.mark.parametrize(
    ("columns", "korean", "english"),
    [
        (
            {"every": "nxt"},
            "매 거래일 NXT 마감 15분 뒤 (보통 20:15). "
            "휴장일에는 보내지 않고, 수능일처럼 늦게 닫는 날은 그만큼 늦게 보냅니다.",
            "20:15",
        ),
        (
            {"every": "days", "weekdays": "024", "at": time(7, 30), "holiday": "skip"},
            "매주 월·수·금 07:30. 휴장일이면 건너뜁니다.",
            "07:30",
        ),
        (
            {"every": "month", "day": 31, "at": time(18), "holiday": "previous"},
            "매월 31일 18:00. 그날이 없으면 말일로 칩니다. 휴장일이면 앞 거래일에 보냅니다.",
            "last day",
        ),
        (
            {"every": "year", "month": 1, "day": 2, "at": time(9)},
            "매년 1월 2일 09:00. 휴장일이면 다음 거래일에 보냅니다.",
            "trading day",
        ),
    ],
)
def test_a_timetable_in_a_sentence(columns: dict, korean: str, english: str) -> None:
    plan = ReportPlan(**columns)
    with translation.override("ko"):
        assert timetable_words(plan) == korean
    with translation.override("en"):
        told = timetable_words(plan)
    assert english in told
    assert not any("가" <= letter <= "힣" for letter in told)
