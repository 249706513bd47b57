"""What can still be ordered, and on what cover: kt00010, kt00011, kt00012, kt00013 (PROTOCOL 6.21-6.24).

The account pays in full (계좌증거금율 100 %), so every share's own 증거금율 is shown and 100 % is applied.
"""

from collections.abc import Mapping

from kiwoomweb.simulator.account_facts import Deposit
from kiwoomweb.simulator.credit import Credit
from kiwoomweb.simulator.flows.classes import class_of
from kiwoomweb.simulator.market_facts import Instrument
from kiwoomweb.simulator.refusals import bad_input
from kiwoomweb.simulator.replies.asking import Ask, Said
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["MARGIN_RATES", "breakdown", "by_cover", "by_margin", "power_by_rate", "simulated"]

MARGIN_RATES = (20, 30, 40, 50, 60, 100)
#: 보증금율 that have fields of their own; a cover between two of them goes with the lower.
COVER_RATES = (30, 40, 50, 60)
FULL = 100
SELL = "1"
#: Parts of a field family's name: amount, quantity, reusable money of yesterday and of today.
FAMILY = ("ord_alow_amt", "ord_alowq", "pred_reu_amt", "tdy_reu_amt")


def power_by_rate(name: str, power: int) -> dict[str, int]:
    """``name`` with each margin rate put in: what the buying power comes to at that rate."""
    return {name.format(share): power * 100 // share for share in MARGIN_RATES}


def simulated(ask: Ask) -> Said:
    """kt00010. ``io_amt`` is thought of as paid in (or, negative, out) before anything else is computed."""
    code, money, moved = _share(ask).code, ask.exchange.deposit(), _moved(ask)
    price = ask.count("exp_buy_unp") or ask.count("uv")
    power = max(money.buying_power + moved, 0)
    bought = 0 if ask.text("trde_tp") == SELL else ask.count("trde_qty") * ask.count("uv")
    amounts = power_by_rate("profa_{}ord_alow_amt", power)
    counts = {f"profa_{share}ord_alowq": _shares(amounts, share, price) for share in MARGIN_RATES}
    counts[f"profa_{FULL}ord_alowq"] = ask.exchange.buyable(code, price, more=moved)
    commission = ask.exchange.commission(bought)
    return Said(
        {
            **amounts,
            **counts,
            "profa_rdex_60ord_alow_amt": amounts["profa_60ord_alow_amt"],
            "profa_rdex_60ord_alowq": counts["profa_60ord_alowq"],
            "pred_reu_alowa": money.reusable_before,
            "tdy_reu_alowa": money.reusable_today,
            "entr": money.cash + moved,
            "uncla": money.unpaid,
            "ord_alowa": power,
            "wthd_alowa": max(money.withdrawable + moved, 0),
            "nxdy_wthd_alowa": max(money.withdrawable_tomorrow + moved, 0),
            "pur_amt": bought,
            "cmsn": commission,
            "pur_exct_amt": bought + commission,
            "d2entra": money.d2 + moved,
            "profa_rdex_aplc_tp": "0",
        }
    )


def by_margin(ask: Ask) -> Said:
    """kt00011. Only the rate that applies is filled in, the others are blank (PROTOCOL 6.22)."""
    about, money = _share(ask), ask.exchange.deposit()
    quantity = ask.exchange.buyable(about.code, _price(ask, about))
    applied = (money.buying_power, quantity, money.reusable_before, money.reusable_today)
    blank = {f"profa_{share}{part}": "" for share in MARGIN_RATES for part in FAMILY}
    return Said(
        {
            **blank,
            **_family("profa_100", applied),
            "stk_profa_rt": f"{class_of(about).margin}%",
            "profa_rt": f"{FULL}%",
            "aplc_rt": f"{FULL}%",
            "min_ord_alow_amt": money.buying_power,
            "min_ord_alowq": quantity,
            "min_pred_reu_amt": money.reusable_before,
            "min_tdy_reu_amt": money.reusable_today,
            **_cash(money),
        }
    )


def by_cover(ask: Ask) -> Said:
    """kt00012. What a credit buy may come to at the share's own 보증금율; zeros where it has no credit."""
    about, money = _share(ask), ask.exchange.deposit()
    kind = class_of(about)
    amount = _creditable(ask, money, kind.cover) if kind.on_credit else 0
    price = _price(ask, about)
    quantity = ask.exchange.buyable(about.code, price, Credit.LOAN) if kind.on_credit else 0
    bucket = max(share for share in COVER_RATES if share <= kind.cover)
    blank = {f"assr_{share}{part}": "" for share in COVER_RATES for part in FAMILY}
    filled = _family(f"assr_{bucket}", (amount, quantity, money.reusable_before, money.reusable_today))
    return Said(
        {
            **blank,
            **(filled if kind.on_credit else {}),
            "stk_assr_rt": f"{kind.cover}%",
            "stk_assr_rt_nm": f"신용{kind.credit}군" if kind.on_credit else "신용불가",
            "min_amt": amount,
            "min_qty": quantity,
            **_cash(money),
        }
    )


def breakdown(ask: Ask) -> Said:
    """kt00013. ``use_pos_ch`` and both reusable amounts add up to the buying power."""
    money = ask.exchange.deposit()
    before, today = money.sold - money.sold_today, money.sold_today
    head: dict[str, Value] = {
        "tdy_reu_objt_amt": today,
        "tdy_reu_use_amt": today - money.reusable_today,
        "tdy_reu_alowa": money.reusable_today,
        "tdy_reu_alowa_fin": money.reusable_today,
        "pred_reu_objt_amt": before,
        "pred_reu_use_amt": before - money.reusable_before,
        "pred_reu_alowa": money.reusable_before,
        "pred_reu_alowa_fin": money.reusable_before,
        "ch_amt": money.cash,
        "ch_profa": money.cash - money.free_cash,
        "use_pos_ch": money.free_cash,
        "use_pos_ch_fin": money.free_cash,
        "crd_grnta_ch": money.credit_deposit,
        "uncla": money.unpaid,
        **power_by_rate("{}ord_alow_amt", money.buying_power),
        "evlt_repl_rt": "0.0000000",
        "d2vexct_entr": money.d2,
        "d2ch_ord_alow_amt": money.buying_power,
    }
    return Said(head)


def _share(ask: Ask) -> Instrument:
    code = ask.text("stk_cd")
    about = ask.exchange.instrument(code)
    if about is None:
        raise bad_input("1902", code, family=5)
    return about


def _price(ask: Ask, about: Instrument) -> int:
    """The price asked about, or the day's highest: what a market order must be able to pay."""
    return ask.count("uv") or ask.exchange.quote(about.code).upper_limit


def _moved(ask: Ask) -> int:
    text = ask.text("io_amt")
    return -ask.count("io_amt", text[1:]) if text.startswith("-") else ask.count("io_amt")


def _shares(amounts: Mapping[str, int], share: int, price: int) -> int:
    """How many shares a rate's amount buys, costs aside."""
    return amounts[f"profa_{share}ord_alow_amt"] // price if price else 0


def _creditable(ask: Ask, money: Deposit, cover: int) -> int:
    """The amount whose cover the money pays, as far as the account's loan limit goes."""
    return min(money.buying_power * 100 // cover, ask.exchange.loan_room() * 100 // (100 - cover))


def _family(name: str, values: tuple[int, int, int, int]) -> Mapping[str, Value]:
    return {f"{name}{part}": value for part, value in zip(FAMILY, values, strict=True)}


def _cash(money: Deposit) -> Mapping[str, Value]:
    return {"entr": money.cash, "uncla": money.unpaid, "ord_alowa": money.buying_power}
