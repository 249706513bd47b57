"""``kiwoom-client`` runs every REST method it has, with the guide's own usual question (PROTOCOL 11, 80)."""

import inspect
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from kiwoom_client import KiwoomAPI, KiwoomAPIError
from kiwoom_client._registry import MODULE_NAMES

from kiwoomweb.broker.catalogue import all_trs, find
from kiwoomweb.broker.reading.usual import GOLD, SAMSUNG, usual_question
from kiwoomweb.simulator.profile import ORDER_TRS
from kiwoomweb.simulator.serve import Running
from tests.simulator.strangers.conftest import Record

CLIENT = "kiwoom-client"


class Probe:
    """Stands where the client's HTTP half would: notes which TR a method asks, and where."""

    def request(self, path: str, tr: str, *rest: Any) -> dict[str, str]:
        return {"path": path, "tr": tr}


def methods() -> dict[str, dict[str, str]]:
    """``account.deposit_detail`` -> its TR and path, for every REST method the client has."""
    api = KiwoomAPI("key", "secret")
    found = {}
    for module in MODULE_NAMES:
        kind = type(getattr(api, module))
        for name, _ in inspect.getmembers(kind, inspect.isfunction):
            if not name.startswith("_") and "RESOURCE_URL" in vars(kind):
                found[f"{module}.{name}"] = getattr(kind(Probe()), name)()
    return found


METHODS = methods()
ASKING = {name: about for name, about in METHODS.items() if about["tr"] not in ORDER_TRS}


@pytest.fixture(scope="module")
def api(broker: Running) -> Iterator[KiwoomAPI]:
    with KiwoomAPI(
        broker.keys.app_key, broker.keys.app_secret, base_url=broker.address.rest, rate_limit=None
    ) as one:
        yield one


@pytest.fixture(scope="module")
def symbols(api: KiwoomAPI) -> dict[str, str]:
    """Whom to ask about where a share would be a stranger: the first fund and the first warrant listed."""
    return {
        f"/api/dostk/{kind}": call(api, "stock_info.stock_info_list", mrkt_tp=market)["list"][0]["code"]
        for kind, market in (("etf", "8"), ("elw", "3"))
    }


def call(api: KiwoomAPI, name: str, **body: str) -> dict[str, Any]:
    module, _, method = name.partition(".")
    told: dict[str, Any] = getattr(getattr(api, module), method)(**body)
    return told


#: What fails by a mistake of its own: method -> code of the refusal, and why.
ITS_OWN = {"foreign_institution.institutional_stock": ("1505", "ka10009 was taken out of the guide")}
#: What the usual question cannot know.
NEEDS_AN_ORDER = "account.unfilled_split_order_detail"
READING = ASKING.keys() - ITS_OWN.keys() - {NEEDS_AN_ORDER}


def test_it_has_a_method_for_nearly_everything_the_guide_has() -> None:
    rest = {tr.id for tr in all_trs() if tr.transport == "rest"}
    asked = {about["tr"] for about in METHODS.values()}
    assert rest - asked == {"ka01300", "ka01301"}  # the newest two
    assert asked - rest == {METHODS[name]["tr"] for name in ITS_OWN}


@pytest.mark.behaviour(80)
@pytest.mark.parametrize("name", sorted(READING))
def test_it_reads(api: KiwoomAPI, broker: Running, record: Record, symbols: dict[str, str], name: str) -> None:
    tr = find(ASKING[name]["tr"])
    told = call(api, name, **usual_question(tr, broker.clock.now().date(), symbols.get(tr.path, SAMSUNG)))
    record(CLIENT, name, tr.id, told)
    assert told["return_code"] == 0
    assert {field.name for field in tr.response} <= told.keys()


@pytest.mark.parametrize("name", ITS_OWN)
def test_its_own_mistakes_fail_as_they_must(api: KiwoomAPI, name: str) -> None:
    code, why = ITS_OWN[name]
    with pytest.raises(KiwoomAPIError, match=rf"\[{code}:"):
        call(api, name, stk_cd="005930")
    assert why


@pytest.mark.behaviour(80)
def test_it_buys_moves_takes_back_and_sells(api: KiwoomAPI, broker: Running, record: Record) -> None:
    def order(name: str, **body: str) -> str:
        told = call(api, f"order.{name}", dmst_stex_tp="KRX", stk_cd="005930", **body)
        record(CLIENT, f"order.{name}", METHODS[f"order.{name}"]["tr"], told)
        number: str = told["ord_no"]
        return number

    low = call(api, "stock_info.basic_stock_info", stk_cd="005930")["lst_pric"].lstrip("-")
    waiting = order("buy_order", ord_qty="3", ord_uv=low, trde_tp="0", cond_uv="")
    moved = order("modify_order", orig_ord_no=waiting, mdfy_qty="0", mdfy_uv=low, mdfy_cond_uv="")
    order("cancel_order", orig_ord_no=moved, cncl_qty="0")
    order("buy_order", ord_qty="3", ord_uv="", trde_tp="3", cond_uv="")
    # A moment for the fill; much later the person of the demo account would sell what they find.
    broker.clock.jump(broker.clock.now() + timedelta(seconds=5))
    order("sell_order", ord_qty="3", ord_uv="", trde_tp="3", cond_uv="")
    sor = call(
        api, "order.buy_order", dmst_stex_tp="SOR", stk_cd="005930", ord_qty="1", ord_uv=low, trde_tp="0"
    )
    told = call(api, NEEDS_AN_ORDER, ord_no=sor["ord_no"])
    record(CLIENT, NEEDS_AN_ORDER, ASKING[NEEDS_AN_ORDER]["tr"], told)
    assert len(told["osop"]) == 1


@pytest.mark.behaviour(80)
def test_it_borrows_and_repays(api: KiwoomAPI, broker: Running, record: Record) -> None:
    def order(name: str, **body: str) -> str:
        told = call(api, f"credit_order.{name}", dmst_stex_tp="KRX", stk_cd=SAMSUNG, **body)
        record(CLIENT, f"credit_order.{name}", METHODS[f"credit_order.{name}"]["tr"], told)
        number: str = told["ord_no"]
        return number

    low = call(api, "stock_info.basic_stock_info", stk_cd=SAMSUNG)["lst_pric"].lstrip("-")
    waiting = order("margin_buy_order", ord_qty="1", ord_uv=low, trde_tp="0")
    moved = order("margin_modify_order", orig_ord_no=waiting, mdfy_qty="0", mdfy_uv=low)
    order("margin_cancel_order", orig_ord_no=moved, cncl_qty="0")
    order("margin_buy_order", ord_qty="1", ord_uv="", trde_tp="3")
    broker.clock.jump(broker.clock.now() + timedelta(seconds=5))
    order("margin_sell_order", ord_qty="1", ord_uv="", trde_tp="3", crd_deal_tp="99")


@pytest.mark.behaviour(80)
def test_it_deals_in_gold(api: KiwoomAPI, record: Record) -> None:
    def order(name: str, **body: str) -> str:
        told = call(api, f"order.gold_spot_{name}", stk_cd=GOLD, **body)
        record(CLIENT, f"order.gold_spot_{name}", METHODS[f"order.gold_spot_{name}"]["tr"], told)
        number: str = told["ord_no"]
        return number

    book = call(api, "market.gold_spot_price_info", stk_cd=GOLD)
    low = book["lst_pric"].lstrip("+-")
    waiting = order("buy_order", ord_qty="1", ord_uv=low, trde_tp="00")
    moved = order("modify_order", orig_ord_no=waiting, mdfy_qty="0", mdfy_uv=low)
    order("cancel_order", orig_ord_no=moved, cncl_qty="0")
    order("sell_order", ord_qty="1", ord_uv=book["upl_pric"].lstrip("+-"), trde_tp="00")


def test_every_method_was_tried() -> None:
    """Those of reading above, the orders in their three tests, and its own mistakes."""
    assert {about["tr"] for name, about in METHODS.items() if name not in ASKING} == ORDER_TRS
