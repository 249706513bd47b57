"""Cash, holdings and results, read from what the broker really writes."""

from datetime import date
from decimal import Decimal

import pytest

from kiwoomweb.broker.calls import account
from kiwoomweb.broker.domain import Deposit, RealisedDay, RealisedSale
from kiwoomweb.broker.errors import Unreadable
from tests.broker.calls.samples import HOLDING, REPLIES, SALE
from tests.broker.stage import said

DAY = date(2024, 11, 28)


def test_the_account_number(broker):
    assert account.account_number(broker) == "6081234511"


@pytest.mark.parametrize("number", ["", "608123451", "60812345AB"])
def test_a_wrong_account_number_is_not_repeated_in_the_error(broker, stage, number):
    stage["ka00001"] = {"acctNo": number}
    with pytest.raises(Unreadable) as caught:
        account.account_number(broker)
    assert not number or number not in str(caught.value)


def test_cash_may_be_owed_the_day_after_tomorrow(broker):
    assert account.deposit(broker) == Deposit(17534258, 85341, 85341, 17450274, -84)


def test_a_holding_is_net_of_what_selling_costs(broker):
    balance = account.balance(broker)
    assert (balance.cost, balance.value, balance.profit) == (373500, 177000, -196888)
    (holding,) = balance.holdings
    assert (holding.symbol, holding.quantity, holding.sellable) == ("005930", 3, 2)
    assert (holding.average_cost, holding.price, holding.previous_close) == (124500, 59000, 60500)
    assert holding.profit == holding.value - holding.cost - holding.commission - holding.tax
    assert (holding.return_rate, holding.loan_date) == (Decimal("-52.71"), None)


def test_the_close_of_a_past_day_is_its_shares_and_its_cash(broker, stage):
    closed = account.closing(broker, DAY)
    (line,) = closed.lines
    assert (line.symbol, line.quantity, line.price, closed.cash) == ("005930", 3, 59000, 932902)
    assert closed.value == line.value
    blank = dict.fromkeys(REPLIES["ka01690"], "")
    stage["ka01690"] = {**blank, "day_bal_rt": []}
    assert account.closing(broker, DAY) is None
    stage["ka01690"] = {**blank, "day_bal_rt": [], "dbst_bal": "0", "day_stk_asst": "0"}
    with pytest.raises(Unreadable):
        account.closing(broker, DAY)


def test_the_mocks_padded_rates_are_the_same_rates(broker, stage):
    stage["kt00018"] = REPLIES["kt00018"] | {
        "tot_prft_rt": "000000002.98",
        "acnt_evlt_remn_indv_tot": [HOLDING | {"prft_rt": "000000002.98", "poss_rt": "000000000.00"}],
    }
    balance = account.balance(broker)
    assert balance.return_rate == balance.holdings[0].return_rate == Decimal("2.98")


def test_an_account_without_holdings_still_has_its_assets(broker, stage):
    zero = "0" * 15
    header = dict.fromkeys(("tot_pur_amt", "tot_evlt_amt", "tot_evlt_pl"), zero)
    stage["kt00018"] = REPLIES["kt00018"] | header | {"tot_prft_rt": "0.00", "acnt_evlt_remn_indv_tot": []}
    balance = account.balance(broker)
    assert balance.holdings == ()
    assert balance.estimated_assets == 1_012_632_507


def test_holdings_on_several_pages_share_the_first_pages_totals(broker, stage):
    another = HOLDING | {"stk_cd": "A000660"}
    first = REPLIES["kt00018"] | {"acnt_evlt_remn_indv_tot": [HOLDING, another]}
    second = REPLIES["kt00018"] | {"acnt_evlt_remn_indv_tot": [HOLDING | {"stk_cd": "A0156T0"}]}
    stage["kt00018"] = [said(first, next_key="K1"), said(second)]
    assert [holding.symbol for holding in account.balance(broker).holdings] == ["005930", "000660", "0156T0"]


def test_a_position(broker):
    (position,) = account.positions(broker)
    assert (position.symbol, position.quantity, position.price, position.loan_date) == (
        "005930",
        3,
        63000,
        None,
    )


def test_the_same_symbol_on_cash_and_on_credit_is_two_positions(broker, stage):
    (cash,) = REPLIES["ka10085"]["acnt_prft_rt"]
    stage["ka10085"] = {"acnt_prft_rt": [cash, cash | {"crd_tp": "03", "loan_dt": "20241101"}]}
    assert [position.loan_date for position in account.positions(broker)] == [None, date(2024, 11, 1)]


def test_results_by_day(broker):
    period = account.realised(broker, DAY, DAY)
    assert (period.sold, period.realised, period.commission, period.tax) == (474600, 179419, 940, 852)
    assert period.days == (RealisedDay(DAY, 0, 474600, 179419, 940, 852),)


def test_a_sale_of_a_period_knows_its_day(broker):
    (sale,) = account.sales(broker, DAY, DAY)
    assert sale == RealisedSale(
        day=DAY,
        symbol="005930",
        name="삼성전자",
        quantity=1,
        buy_price=Decimal("97602.96"),
        sell_price=Decimal(158200),
        realised=59813,
        return_rate=Decimal("61.28"),
        commission=500,
        tax=284,
        credit="현금잔고",
        loan_date=None,
    )


def test_equal_sales_are_all_kept(broker, stage):
    stage["ka10072"] = {"dt_stk_div_rlzt_pl": [SALE, SALE, SALE]}
    assert len(account.sales_on(broker, DAY)) == 3


def test_todays_sales_of_a_symbol_and_their_sum(broker):
    total, (sale,) = account.sales_today(broker, "005930")
    assert total == 179439
    assert (sale.buy_price, sale.realised, sale.day, sale.credit) == (Decimal("97602.9573459"), 59813, None, "")


def test_a_day_in_the_diary(broker):
    diary = account.diary(broker, DAY)
    assert (diary.bought, diary.sold, diary.costs, diary.realised) == (48240, 48240, 174, -174)
    (line,) = diary.lines
    assert (line.symbol, line.bought_average, line.realised) == ("005930", Decimal("60300.5"), -174)


@pytest.mark.parametrize("total", ["", "0"])
def test_a_day_without_trades_is_a_day_with_no_lines(broker, stage, total):
    blank_line = dict.fromkeys(REPLIES["ka10170"]["tdy_trde_diary"][0], "")
    totals = {name: total for name in REPLIES["ka10170"] if name.startswith("tot_")}
    stage["ka10170"] = totals | {"tot_prft_rt": "0.00", "tdy_trde_diary": [blank_line]}
    diary = account.diary(broker, DAY)
    assert (diary.lines, diary.bought, diary.realised, diary.return_rate) == ((), 0, 0, 0)


def test_a_day_too_long_ago_is_not_a_day_without_trades(broker, stage):
    blank_line = dict.fromkeys(REPLIES["ka10170"]["tdy_trde_diary"][0], "")
    stage["ka10170"] = {
        "return_msg": "조회기간은 최근 2개월 이전까지만 가능합니다.",
        "tdy_trde_diary": [blank_line],
    }
    assert account.diary(broker, DAY) is None


def test_lines_without_totals_are_not_taken_for_an_idle_day(broker, stage):
    stage["ka10170"] = REPLIES["ka10170"] | dict.fromkeys(("tot_buy_amt", "tot_sell_amt", "tot_pl_amt"), "")
    with pytest.raises(Unreadable):
        account.diary(broker, DAY)
