"""Fundamentals agree wherever they are told."""

from kiwoomweb.simulator.exchange import Exchange
from tests.simulator.boards.asking import said


def test_cheap_and_dear_are_what_each_share_says_of_itself(at_two: Exchange) -> None:
    for kind, name in (("1", "pbr"), ("3", "per"), ("6", "roe")):
        rows = said(at_two, "ka10026", pertp=kind).rows
        own = [float(said(at_two, "ka10001", stk_cd=row["stk_cd"]).head[name]) for row in rows[:40]]
        assert own == sorted(own, reverse=kind == "6")
        assert len(rows) > 150


def test_per_and_pbr_are_the_price_over_earnings_and_book(at_two: Exchange) -> None:
    for code in ("005930", "000660", "035420", "196170"):
        own = said(at_two, "ka10001", stk_cd=code).head
        price = int(own["cur_prc"].lstrip("+-"))
        assert abs(float(own["pbr"]) - price / int(own["bps"])) < 0.006
        assert abs(float(own["roe"]) - 100 * int(own["eps"]) / int(own["bps"])) < 0.006
        if int(own["eps"]) > 0:
            assert abs(float(own["per"]) - price / int(own["eps"])) < 0.006
        else:
            assert own["per"] == ""
