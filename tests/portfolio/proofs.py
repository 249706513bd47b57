"""A believable day for proofs: one stock sold and one bought, told by every list alike, then read again."""

from datetime import date, datetime, timedelta

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL
from portfolio.models import DayProof, Purpose, SyncTask
from portfolio.selectors.days import clock_of
from portfolio.services import closing
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.rows import Row, placed_row
from tests.portfolio.steps import do

DAY = date(2026, 11, 20)
EVENING = datetime(2026, 11, 20, 20, 6, tzinfo=SEOUL)
MONDAY = datetime(2026, 11, 23, 8, 11, tzinfo=SEOUL)
NEXT_WEEK = datetime(2026, 11, 27, 8, 11, tzinfo=SEOUL)
TUESDAY = datetime(2026, 11, 24, 8, 11, tzinfo=SEOUL)
READS = ("kt00007", "ka10074", "ka10073", "ka10170", "ka10072", "kt00015", "kt00002", "kt00009", "ka01690")

#: 10 bought at 90,000 long ago, sold at 98,000: 980,000 - 900,000 - (140 + 130) - 1,960 = 77,770.
SOLD, COST, FEE, BOTH_LEGS, TAX, RESULT = 980_000, 900_000, 140, 270, 1_960, 77_770


def total(fee: int = FEE, result: int = RESULT, sold: int = SOLD) -> Row:
    """The day's row of ka10074."""
    return {
        "dt": f"{DAY:%Y%m%d}",
        "buy_amt": "0",
        "sell_amt": str(sold),
        "tdy_sel_pl": str(result),
        "tdy_trde_cmsn": str(fee),
        "tdy_trde_tax": str(TAX),
    }


def sale(legs: int = BOTH_LEGS, result: int = RESULT) -> Row:
    """Its sale in ka10073."""
    return {
        "dt": f"{DAY:%Y%m%d}",
        "stk_nm": "삼성전자",
        "stk_cd": "A005930",
        "cntr_qty": "10",
        "buy_uv": "90000.00",
        "cntr_pric": "98000",
        "tdy_sel_pl": str(result),
        "pl_rt": "+8.64",
        "tdy_trde_cmsn": str(legs),
        "tdy_trde_tax": str(TAX),
        "loan_dt": "",
        "crd_tp": "현금잔고",
    }


def diary(costs: int = FEE + TAX, result: int = RESULT) -> Row:
    """Its line in ka10170."""
    return {
        "stk_nm": "삼성전자",
        "buy_avg_pric": "0",
        "buy_qty": "0",
        "sel_avg_pric": "98000",
        "sell_qty": "10",
        "cmsn_alm_tax": str(costs),
        "pl_amt": str(result),
        "sell_amt": str(SOLD),
        "buy_amt": "0",
        "prft_rt": "8.64",
        "stk_cd": "005930",
    }


def tell(kiwoom: Kiwoom, fee: int = FEE) -> None:
    """Let every list tell the day, with that commission on the sale."""
    less = FEE - fee
    kiwoom.lists("ka10074", total(fee, RESULT + less))
    kiwoom.lists("ka10073", sale(BOTH_LEGS - less, RESULT + less))
    kiwoom.lists("ka10072", {k: v for k, v in sale(BOTH_LEGS - less, RESULT + less).items() if k != "dt"})
    kiwoom.lists("ka10170", diary(fee + TAX, RESULT + less))
    kiwoom.lists("kt00007", placed_row("0000001", 10, 10, 98_000, "매도"))


def close(account: Account, kiwoom: Kiwoom, at: datetime, *trs: str) -> DayProof:
    """Read the day's closing lists at that moment of the broker's clock; its proof then."""
    kiwoom.now = at
    SyncTask.objects.filter(account=account, purpose=Purpose.BACKFILL).update(state="done")
    account.sync.refresh_from_db()
    closing.plan_days(account.sync, clock_of(account))
    for tr in trs or READS:
        task = SyncTask.objects.get(account=account, tr=tr, purpose=Purpose.CLOSE, first=DAY)
        _read(account, task)
    return present(account)


def present(account: Account, day: date = DAY) -> DayProof:
    """The day's present proof."""
    return DayProof.objects.get(account=account, day=day, superseded_at=None)


def sealed(account: Account, kiwoom: Kiwoom) -> DayProof:
    """The day as sealed by two reads."""
    tell(kiwoom)
    close(account, kiwoom, EVENING)
    return close(account, kiwoom, MONDAY)


def again(account: Account, kiwoom: Kiwoom, after: timedelta = timedelta(hours=5)) -> DayProof:
    """Do the further reads that were planned, so much later."""
    kiwoom.now += after
    waiting = SyncTask.objects.filter(account=account, purpose=Purpose.AGAIN, state="waiting")
    for task in list(waiting):
        _read(account, task)
    return present(account)


def _read(account: Account, task: SyncTask) -> None:
    """Read, and once more half a minute later where a list showed less than we knew."""
    assert do(account, task).trouble_kind == "", task.trouble_said
    if task.doubt_since:
        SyncTask.objects.filter(pk=task.pk).update(doubt_since=task.doubt_since - timedelta(seconds=31))
        do(account, task)
