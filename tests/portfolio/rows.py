"""Rows as the wire writes them: everything text, account TRs zero-padded, symbols with their class letter."""

from datetime import date, datetime

from kiwoomweb.broker.domain import SEOUL, OrderEvent, Side, Symbol, Venue, Won

Row = dict[str, str]
#: When the tests play unless they say otherwise: a Friday in the regular session.
OPENING = datetime(2026, 11, 20, 10, 30, tzinfo=SEOUL)


def day_row(day: date, realised: int, sold: int = 1_000_000, bought: int = 0) -> Row:
    """One day of ka10074."""
    return {
        "dt": f"{day:%Y%m%d}",
        "buy_amt": str(bought),
        "sell_amt": str(sold),
        "tdy_sel_pl": str(realised),
        "tdy_trde_cmsn": "150",
        "tdy_trde_tax": "2000",
    }


def sale_row(realised: int, symbol: str = "005930", day: date | None = None, quantity: int = 10) -> Row:
    """One sale of ka10073 (with ``day``), ka10072 or ka10077."""
    row = {
        "stk_nm": "삼성전자",
        "stk_cd": f"A{symbol}",
        "cntr_qty": str(quantity),
        "buy_uv": "97602.9573459",
        "cntr_pric": "98000",
        "tdy_sel_pl": str(realised),
        "pl_rt": "+1.52",
        "tdy_trde_cmsn": "280",
        "tdy_trde_tax": "1960",
        "loan_dt": "",
        "crd_tp": "현금잔고",
    }
    return row | {"dt": f"{day:%Y%m%d}"} if day else row


def filled_row(number: str, quantity: int, filled: int, price: int, side: str = "매수", **more: str) -> Row:
    """One order of ka10076."""
    row = {
        "ord_no": number,
        "stk_nm": "삼성전자",
        "stk_cd": "005930",
        "io_tp_nm": f"+{side}" if side == "매수" else f"-{side}",
        "ord_pric": str(price),
        "ord_qty": str(quantity),
        "cntr_pric": str(price),
        "cntr_qty": str(filled),
        "oso_qty": str(quantity - filled),
        "tdy_trde_cmsn": "140",
        "tdy_trde_tax": "0",
        "ord_stt": "체결",
        "trde_tp": "보통",
        "orig_ord_no": "0000000",
        "ord_tm": "101414",
        "stex_tp": "1",
        "stex_tp_txt": "KRX",
        "sor_yn": "N",
        "stop_pric": "0",
    }
    return row | more


def open_row(number: str, quantity: int, filled: int, price: int, **more: str) -> Row:
    """One order of ka10075."""
    row = filled_row(number, quantity, filled, price) | {"tm": "101414", "ord_stt": "접수", "acnt_no": ""}
    del row["ord_tm"]
    return row | more


def placed_row(number: str, quantity: int, filled: int, price: int, side: str = "매수", **more: str) -> Row:
    """One order of kt00007."""
    row = {
        "ord_no": number,
        "stk_cd": "A005930",
        "trde_tp": "보통",
        "crd_tp": "보통매매",
        "ord_qty": f"{quantity:010}",
        "ord_uv": f"{price:010}",
        "cnfm_qty": "0000000000",
        "acpt_tp": "접수",
        "rsrv_tp": "",
        "ord_tm": "10:14:14",
        "ori_ord": "0000000",
        "stk_nm": "삼성전자",
        "io_tp_nm": f"현금{side}",
        "loan_dt": "",
        "cntr_qty": f"{filled:010}",
        "cntr_uv": f"{price:010}",
        "ord_remnq": f"{quantity - filled:010}",
        "comm_ord_tp": "영웅문4",
        "mdfy_cncl": "",
        "cnfm_tm": "",
        "dmst_stex_tp": "KRX",
        "cond_uv": "0000000000",
    }
    return row | more


def holding_row(symbol: str, name: str, quantity: int, cost: int, price: int) -> Row:
    """One line of kt00018."""
    value = price * quantity
    return {
        "stk_cd": f"A{symbol}",
        "stk_nm": name,
        "evltv_prft": f"{value - cost * quantity:015}",
        "prft_rt": "1.00",
        "pur_pric": f"{cost:015}",
        "pred_close_pric": f"{cost:012}",
        "rmnd_qty": f"{quantity:015}",
        "trde_able_qty": f"{quantity:015}",
        "cur_prc": f"{price:012}",
        "pred_buyq": "0" * 15,
        "pred_sellq": "0" * 15,
        "tdy_buyq": "0" * 15,
        "tdy_sellq": "0" * 15,
        "pur_amt": f"{cost * quantity:015}",
        "pur_cmsn": "0" * 15,
        "evlt_amt": f"{value:015}",
        "sell_cmsn": "0" * 15,
        "tax": "0" * 15,
        "sum_cmsn": "0" * 15,
        "poss_rt": "100.00",
        "crd_tp": "00",
        "crd_tp_nm": "",
        "crd_loan_dt": "",
    }


def diary_row(symbol: str, name: str, bought: int = 0, sold: int = 0, realised: int = 0) -> Row:
    """One stock of ka10170."""
    return {
        "stk_nm": name,
        "buy_avg_pric": "98000",
        "buy_qty": str(bought // 98_000),
        "sel_avg_pric": "98000",
        "sell_qty": str(sold // 98_000),
        "cmsn_alm_tax": "0",
        "pl_amt": str(realised),
        "sell_amt": str(sold),
        "buy_amt": str(bought),
        "prft_rt": "0.50",
        "stk_cd": symbol,
    }


def execution(number: str, fill_no: str, size: int, filled: int, quantity: int = 30) -> OrderEvent:
    """One execution as the socket tells it (type 00), at 98,000 won."""
    at = OPENING.replace(minute=30 + int(fill_no) % 20)
    return OrderEvent(
        order_no=number,
        original_order_no="",
        symbol=Symbol("005930"),
        name="삼성전자",
        status="체결",
        side=Side.SELL if number == "0000002" else Side.BUY,
        label="",
        kind="보통",
        quantity=quantity,
        price=Won(98_000),
        remaining=quantity - filled,
        filled=filled,
        fill_no=fill_no,
        unit_price=Won(98_000),
        unit_size=size,
        commission=None,
        tax=None,
        at=at.astimezone(SEOUL),
        reason="",
        venue=Venue.KRX,
        routed=False,
    )


def executed_row(number: str, fill_no: str, filled: int, price: int, at: str = "10:14:14", **more: str) -> Row:
    """One row of kt00009: an execution, or an order's executions summed up."""
    row = {
        **placed_row(number, filled, filled, price),
        "stk_bond_tp": "1",
        "cntr_no": fill_no,
        "orig_ord_no": "0000000",
        "crd_deal_tp": "보통매매",
        "cntr_tm": at,
        "cntr_uv": f"{price:010}",
    }
    return row | more


def booked_row(
    number: int,
    note: str,
    direction: str,
    settled: int,
    *,
    balance: int = 0,
    on: date | None = None,
    traded: date | None = None,
    quantity: int = 0,
    gross: int = 0,
) -> Row:
    """One row of kt00015, of 삼성전자 when something was traded."""
    on = on or OPENING.date()
    stock = {"stk_cd": "A005930", "stk_nm": "삼성전자"} if quantity else {"stk_cd": "", "stk_nm": ""}
    return {
        **stock,
        "trde_dt": f"{on:%Y%m%d}",
        "cntr_dt": f"{traded or on:%Y%m%d}",
        "trde_no": f"{number:09}",
        "rmrk_nm": note,
        "trde_kind_nm": "매매" if quantity else "입출금",
        "io_tp_nm": direction,
        "exct_amt": f"{settled:015}",
        "trde_amt": f"{gross or settled:015}",
        "entra_remn": f"{balance:015}",
        "trde_qty_jwa_cnt": str(quantity) if quantity else "",
        "trde_unit": f"{gross // quantity:,}" if quantity else "",
        "cmsn": f"{max(settled - gross, 0) if quantity else 0:015}",
        "trde_agri_tax": "0" * 15,
        "int_ls_usfe": "0" * 15,
        "loan_amt_rpya": "0" * 15,
        "loan_dt": "",
        "proc_tm": "05:00:00",
    }


def worth_row(day: date, deposit: int, assets: int) -> Row:
    """One day of kt00002."""
    return {
        "dt": f"{day:%Y%m%d}",
        "entr": f"{deposit:012}",
        "prsm_dpst_aset_amt": f"{assets:012}",
        "prsm_dpst_aset_amt_bncr_skip": f"{assets:012}",
    }


def closed_row(symbol: str, quantity: int, price: int = 1_000) -> Row:
    """One holding of ka01690."""
    return {
        "cur_prc": str(price),
        "stk_cd": symbol,
        "stk_nm": "삼성전자",
        "rmnd_qty": str(quantity),
        "buy_uv": str(price),
        "buy_wght": "100.0",
        "evltv_prft": "0",
        "prft_rt": "0.00",
        "evlt_amt": str(quantity * price),
        "evlt_wght": "100.0",
    }


def closed_head(value: int, cash: int) -> Row:
    """What stands above the holdings of ka01690."""
    told = {"tot_buy_amt": value, "tot_evlt_amt": value, "tot_evltv_prft": 0, "dbst_bal": cash}
    return {name: str(won) for name, won in {**told, "day_stk_asst": value + cash}.items()}
