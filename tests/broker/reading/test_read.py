"""Reading: what a person sees in the reply of any TR, whatever tricks the wire plays."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from kiwoomweb.broker.catalogue import all_trs, find
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.reading import Cell, Kind, Reading, columns_of, read


def told(tr: str, fields: dict[str, Any], body: dict[str, str] | None = None) -> Reading:
    return read(find(tr), {"return_code": 0, "return_msg": "정상", **fields}, body)


def one(tr: str, name: str, sent: Any, body: dict[str, str] | None = None, **beside: Any) -> Cell:
    """The cell of one field: of the flat part, or of the first row of the list that has it."""
    spec = find(tr)
    if any(field.name == name for field in spec.response):
        reading = told(tr, {name: sent, **{item.name: [] for item in spec.lists}}, body)
        return next(cell for column, cell in reading.fields if column.name == name)
    holder = next(item for item in spec.lists if any(field.name == name for field in item.fields))
    reading = told(tr, {holder.name: [{name: sent, **beside}]}, body)
    table = next(table for table in reading.tables if table.name == holder.name)
    at = [column.name for column in table.columns].index(name)
    return table.rows[0][at]


@pytest.mark.parametrize(
    ("tr", "name", "sent", "value"),
    [
        ("ka10004", "sel_fpr_bid", "-59900", 59900),
        ("ka10004", "bid_req_base_tm", "153815", time(15, 38, 15)),
        ("ka10004", "tot_sel_req_jub_pre", "--335", -335),
        ("ka10027", "pred_pre", "-700", -700),
        ("ka10027", "flu_rt", "+1.52", Decimal("1.52")),
        ("ka10059", "flu_rt", "+38", Decimal("0.38")),
        ("ka20006", "cur_prc", "-251034", Decimal("2510.34")),
        ("ka20006", "trde_qty", "580", 580_000),
        ("ka20001", "cur_prc", "-2510.34", Decimal("2510.34")),
        ("ka20001", "pred_pre", "-6.11", Decimal("-6.11")),
        ("ka10001", "mac", "4356400", 435_640_000_000_000),
        ("ka10001", "flo_stk", "5969783", 5_969_783_000),
        ("ka10095", "trde_prica", "12", 12_000_000),
        ("ka10085", "setl_remn", "12", 12),
        ("ka10085", "loan_dt", "00000000", None),
        ("ka10023", "now_trde_qty", "4294967295", None),
        ("ka10077", "tdy_sel_pl", "97602.9573459", Decimal("97602.9573459")),
        ("ka40003", "acc_trde_prica", "25", 25_000_000),
        ("ka90009", "for_netprps_amt", "3", 30_000_000),
        ("ka10044", "netprps_qty", "+-5", -500),
        ("kt00011", "profa_20ord_alow_amt", "000000012550", 12550),
        ("kt00011", "aplc_rt", "20%", Decimal(20)),
        ("kt00015", "trde_unit", "56,900", 56900),
        ("kt00018", "tot_evlt_pl", "-00000000000084", -84),
        ("kt00018", "stk_cd", "A005930", "005930"),
        ("kt00018", "tot_prft_rt", "000000002.98", Decimal("2.98")),
        ("kt00007", "ord_tm", "13:05:43", time(13, 5, 43)),
        ("kt00009", "cntr_tm", "122350", time(12, 23, 50)),
        ("kt00007", "ori_ord", "0000000", None),
        ("ka10075", "ord_no", "0000069", "0000069"),
        ("ka10079", "cntr_tm", "20250917132000", datetime(2025, 9, 17, 13, 20, tzinfo=SEOUL)),
        ("ka10081", "dt", "20250908", date(2025, 9, 8)),
        ("ka10099", "lastPrice", "00136000", 136000),
        ("ka10099", "regDay", "20090803", date(2009, 8, 3)),
        ("ka10172", "12", "-00001300", Decimal("-1.3")),
        ("ka10172", "10", "000075000", 75000),
        ("ka10073", "tdy_htssel_cmsn", "현금", "현금"),
    ],
)
def test_a_stranger_to_the_wire_reads_what_the_broker_meant(tr: str, name: str, sent: str, value: Any) -> None:
    cell = one(tr, name, sent)
    assert cell == Cell(sent, value, cell.direction)
    assert type(cell.value) is type(value)


def test_the_sign_of_a_price_is_its_direction_only() -> None:
    assert one("ka10027", "cur_prc", "-59900") == Cell("-59900", 59900, -1)
    assert one("ka10027", "cur_prc", "+60100") == Cell("+60100", 60100, 1)


def test_a_price_without_a_sign_takes_its_direction_from_the_mark_beside_it() -> None:
    assert one("ka10081", "cur_prc", "70100", pred_pre_sig="5").direction == -1
    assert one("ka10081", "cur_prc", "70100", pred_pre_sig="3").direction == 0
    assert one("ka10081", "cur_prc", "70100").direction is None


def test_the_sign_of_a_traded_size_tells_who_came_to_the_other() -> None:
    assert one("ka10003", "cntr_trde_qty", "-34") == Cell("-34", 34, -1)


@pytest.mark.parametrize(
    ("tr", "name", "body", "value"),
    [
        ("ka10051", "ind_netprps", {"amt_qty_tp": "0"}, -700_000_000),
        ("ka10051", "ind_netprps", {"amt_qty_tp": "1"}, -7000),
        ("ka10059", "ind_invsr", {"amt_qty_tp": "1", "unit_tp": "1"}, -7_000_000),
        ("ka10059", "ind_invsr", {"amt_qty_tp": "2", "unit_tp": "1000"}, -7000),
        ("ka10059", "ind_invsr", {"amt_qty_tp": "2", "unit_tp": "1"}, -7),
        ("ka10062", "nettrde_qty", {"unit_tp": "1000"}, -7000),
        ("ka10064", "bank", {"amt_qty_tp": "1"}, -7_000_000),
        ("ka10086", "ind", {"indc_tp": "0"}, -7),
        ("ka90007", "all_tdy", {"amt_qty_tp": "2"}, -7000),
        ("ka10062", "nettrde_qty", {}, Decimal(-7)),
    ],
)
def test_a_unit_that_hangs_on_the_question_is_read_with_it(
    tr: str, name: str, body: dict[str, str], value: Any
) -> None:
    assert one(tr, name, "-7", body).value == value


def test_without_its_question_such_a_figure_stays_in_the_words_of_the_guide() -> None:
    table = told("ka90007", {"prm_trde_acc_trnsn": []}).tables[0]
    column = next(column for column in table.columns if column.name == "all_tdy")
    assert (column.kind, column.unit) == (Kind.NUMBER, "백만원 혹은 1000주")


@pytest.mark.parametrize(
    "sent", ["abc", "12a", "1.2.3", "०१२", "1" * 40, ["1"], {"a": 1}, True, "1\0", "\ud800"]
)
def test_what_cannot_be_read_says_so_in_a_sentence_and_is_no_zero(sent: Any) -> None:
    cell = one("ka10027", "cur_prc", sent)
    assert cell.value is None
    assert cell.problem
    cell.raw.encode()


def test_a_problem_names_its_place() -> None:
    reading = told("ka10027", {"pred_pre_flu_rt_upper": [{"cur_prc": "1"}, {"cur_prc": "x"}]})
    assert reading.problems == ("pred_pre_flu_rt_upper[1].cur_prc: 숫자가 아닙니다: 'x'",)


def test_a_field_nobody_announced_is_counted_and_costs_nothing() -> None:
    rows = [{"stk_cd": "005930", "acnt_no": "1"}, {"acnt_no": "2"}]
    reading = told("ka10088", {"osop": rows, "extra": "1"})
    assert reading.unknown == {"osop[].acnt_no": 2, "extra": 1}
    assert not reading.problems


@pytest.mark.parametrize("sent", ["x", 7, [7], {"a": 1}, [None]])
def test_a_list_that_is_none_is_told_not_swallowed(sent: Any) -> None:
    assert told("ka10088", {"osop": sent}).problems


def test_a_list_that_did_not_come_is_missed_unless_the_broker_speaks_of_no_rows() -> None:
    assert told("ka10088", {}).problems == ("osop: 목록이 오지 않았습니다",)
    assert not told("ka10088", {"return_msg": "모의투자 해당조회내역이 없습니다."}).problems


def test_the_camel_case_envelope_is_an_envelope() -> None:
    reading = read(find("ka10030"), {"returnCode": 0, "returnMsg": "", "tdy_trde_qty_upper": []})
    assert not reading.unknown


def test_a_condition_that_comes_as_an_array_is_read_by_place() -> None:
    reading = told("ka10171", {"trnm": "CNSRLST", "data": [["0", "조건1"], ["1", "조건2"]]})
    assert [[cell.value for cell in row] for row in reading.tables[0].rows] == [["0", "조건1"], ["1", "조건2"]]


def test_a_realtime_entry_is_read_with_its_values_laid_flat() -> None:
    values = {"20": "165208", "10": "-20800", "15": "+82", "9999": "?"}
    entry = {"type": "0B", "name": "주식체결", "item": "005930", "values": values}
    reading = told("0B", {"trnm": "REAL", "data": [entry]})
    table = reading.tables[0]
    row = dict(zip([column.name for column in table.columns], table.rows[0], strict=True))
    assert row["10"] == Cell("-20800", 20800, -1)
    assert row["15"] == Cell("+82", 82, 1)
    assert row["20"].value == time(16, 52, 8)
    assert reading.unknown == {"data[].9999": 1}


def test_every_field_of_every_tr_has_a_kind_and_blank_is_never_a_problem() -> None:
    for tr in all_trs():
        blank = {field.name: "" for field in tr.response if field.kind != "list"}
        rows = {item.name: [{field.name: "" for field in item.fields}] for item in tr.lists}
        reading = read(tr, blank | rows)
        assert not reading.problems, tr.id
        assert not reading.unknown, tr.id
        assert all(cell.value is None for table in reading.tables for row in table.rows for cell in row)


def test_columns_can_be_had_without_a_reply() -> None:
    tr = find("ka10027")
    names = [column.name for column in columns_of(tr.lists[0].fields, tr)]
    assert names[:3] == ["stk_cls", "stk_cd", "stk_nm"]
