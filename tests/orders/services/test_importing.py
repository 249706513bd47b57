"""Imports: what is new becomes facts once, the broker is believed, and a whole batch can be taken back."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL, Side
from orders.incoming import Candidate
from orders.models import ColumnMapping, Fill, ImportBatch, Order
from orders.selectors.imports import Verdict, mapping_of, preview, same_file
from orders.services.importing import ImportRefused, commit, discard, settle_mapping, take_in, undo, write_down
from orders.services.recording import Listing, record
from orders.signals import fills_recorded, undo_asked
from orders.stream import on_order_event
from tests.orders.incoming.files import DIARY, FILLS, RESULTS, STRANGE, cp949
from tests.people import make_account
from tests.portfolio.rows import OPENING, execution

TODAY = date(2026, 11, 20)
DAY = date(2025, 3, 3)
HEAD = "거래일자,주문번호,종목코드,종목명,매매구분,체결수량,체결단가,체결시간,체결번호\n"


@pytest.fixture
def author(owner):
    return owner.user


def draft(account: Account, author, content: bytes | str = FILLS, name: str = "체결내역.csv") -> ImportBatch:
    return take_in(account, author, name, cp949(content) if isinstance(content, str) else content)


def standing(account: Account) -> list[tuple]:
    rows = Fill.objects.current().filter(account=account).order_by("day", "filled_at", "symbol")
    return [(fill.day, fill.symbol, fill.side, fill.quantity, int(fill.price)) for fill in rows]


def known(account: Account, **more) -> Fill:
    facts = {
        "account": account,
        "day": DAY,
        "order_no": "0001234",
        "fill_no": "0000011",
        "symbol": "005930",
        "name": "삼성전자",
        "side": "buy",
        "quantity": 1000,
        "price": Decimal(71_500),
        "amount": 71_500_000,
        "filled_at": datetime(2025, 3, 3, 9, 1, 2, tzinfo=SEOUL),
        "venue": "KRX",
        "recorded_at": timezone.now(),
    }
    return Fill.objects.create(**{**facts, **more})


def order(account: Account, filled: int, **more) -> Order:
    facts = {
        "account": account,
        "day": DAY,
        "source": "kt00007",
        "order_no": "0001234",
        "symbol": "005930",
        "name": "삼성전자",
        "side": "buy",
        "quantity": filled,
        "price": 71_500,
        "filled": filled,
        "fill_price": Decimal(71_500),
        "remaining": 0,
        "venue": "KRX",
        "recorded_at": timezone.now(),
    }
    return Order.objects.create(**{**facts, **more})


# --- the way in --------------------------------------------------------------------------------------------


def test_new_rows_become_facts_with_their_source(account, author):
    batch = draft(account, author)
    commit(batch, TODAY)

    assert standing(account) == [
        (DAY, "005930", "buy", 1000, 71_500),
        (DAY, "000660", "sell", 5, 204_500),
        (date(2025, 3, 4), "005380", "buy", 10, 246_000),
    ]
    batch.refresh_from_db()
    assert (batch.state, batch.new, batch.refused, batch.passed_over) == ("committed", 3, 0, 1)
    first = batch.fills.select_related("fill").order_by("line").first()
    assert (first.line, first.commission, first.fill.reply_id) == (5, 10_720, None)
    assert (first.fill.order_no, first.fill.fill_no) == ("0001234", "0000011")
    assert batch.raw == cp949(FILLS)


def test_a_draft_changes_nothing(account, author):
    preview(draft(account, author), TODAY)

    assert not Fill.objects.exists()


def test_a_fill_without_a_number_gets_one_that_says_so(account, author):
    commit(draft(account, author), TODAY)

    third = Fill.objects.get(symbol="005380")
    assert (third.order_no, third.fill_no[:4]) == ("0001236", "imp:")


def test_the_same_file_twice_is_nothing_new(account, author):
    commit(draft(account, author), TODAY)
    again = draft(account, author)

    found = preview(again, TODAY)

    assert [one.verdict for one in found.judged] == [Verdict.SAME] * 3
    assert same_file(again).file_name == "체결내역.csv"
    with pytest.raises(ImportRefused, match="새로 들일 줄이 없습니다"):
        commit(again, TODAY)
    assert len(standing(account)) == 3


def test_two_equal_executions_of_one_second_are_two(account, author):
    row = "2025-03-03,,005930,삼성전자,매수,10,100,09:00:00,\n"
    commit(draft(account, author, HEAD + row + row), TODAY)
    assert len(standing(account)) == 2

    found = preview(draft(account, author, HEAD + row + row + row), TODAY)
    assert [one.verdict for one in found.judged] == [Verdict.SAME, Verdict.SAME, Verdict.NEW]


def test_the_same_number_twice_in_a_file_is_one(account, author):
    row = "2025-03-03,77,005930,삼성전자,매수,10,100,09:00:00,5\n"
    commit(draft(account, author, HEAD + row + row), TODAY)

    assert len(standing(account)) == 1


def test_days_with_new_fills_are_told_after_the_commit(account, author, django_capture_on_commit_callbacks):
    told = []

    def listen(sender, **said):
        told.append((said["account_id"], said["day"], said["symbols"]))

    fills_recorded.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            batch = draft(account, author)
            commit(batch, TODAY)
        assert told == [
            (account.pk, DAY, frozenset({"005930", "000660"})),
            (account.pk, date(2025, 3, 4), frozenset({"005380"})),
        ]
        told.clear()
        with django_capture_on_commit_callbacks(execute=True):
            undo(batch, author)
        assert [day for _account, day, _symbols in told] == [DAY, date(2025, 3, 4)]
    finally:
        fills_recorded.disconnect(listen)


def test_a_sell_without_a_buy_is_taken_and_told(account, author):
    found = preview(draft(account, author), TODAY)

    assert found.unsettled == frozenset({6})
    commit(found.batch, TODAY)
    assert (DAY, "000660", "sell", 5, 204_500) in standing(account)


def test_half_the_rows_bad_the_good_ones_come_in_and_the_bad_ones_are_kept(account, author):
    good = "2025-03-03,7{n},005930,삼성전자,매수,10,100,09:00:0{n},{n}\n"
    bad = "2025-03-03,8{n},005930,삼성전자,매수,10,-100,09:00:0{n},{n}\n"
    text = HEAD + "".join(good.format(n=n) + bad.format(n=n) for n in range(1, 6))
    batch = draft(account, author, text)
    commit(batch, TODAY)

    batch.refresh_from_db()
    assert (batch.new, batch.refused) == (5, 5)
    assert [line for line, _why, _cells in batch.left_out] == [3, 5, 7, 9, 11]
    assert all("음수" in why for _line, why, _cells in batch.left_out)


# --- what must be asked ------------------------------------------------------------------------------------


def test_a_file_of_another_account_is_asked_about_and_not_guessed(team, author):
    other = make_account(team, "다른 계좌", "8100000133")
    found = preview(draft(other, author), TODAY)

    assert found.accounts == ()  # the first eight digits name the account, the last two its kind
    another = make_account(team, "또 다른 계좌", "5012344471", "live")
    batch = draft(another, author)
    found = preview(batch, TODAY)
    assert (found.accounts, found.is_ready) == (("8100000111",), False)
    with pytest.raises(ImportRefused, match="정하지 않은"):
        commit(batch, TODAY)

    mapping = found.mapping
    settle_mapping(batch, mapping.corrected(mapping.columns, mapping.rule, mapping.day, is_ours=True), author)
    commit(batch, TODAY)
    assert len(standing(another)) == 3


def test_a_heading_nobody_knows_is_asked_about_once_and_remembered(account, author):
    from orders.incoming import Field, Rule

    batch = draft(account, author, STRANGE)
    with pytest.raises(ImportRefused, match="정하지 않은"):
        commit(batch, TODAY)
    columns = {0: Field.DAY, 1: Field.SYMBOL, 2: Field.QUANTITY, 3: Field.PRICE, 4: Field.SIDE}
    settle_mapping(batch, mapping_of(batch).corrected(columns, Rule.COLUMN, None, is_ours=False), author)
    commit(batch, TODAY)
    assert len(standing(account)) == 2

    later = draft(account, author, STRANGE.replace("2025-03-03", "2025-03-04"))
    assert mapping_of(later).columns == columns
    assert ColumnMapping.objects.count() == 1


# --- the broker is believed --------------------------------------------------------------------------------


def test_what_the_broker_told_is_not_recorded_again(account, author):
    known(account)
    found = preview(draft(account, author), TODAY)

    assert [one.verdict for one in found.judged] == [Verdict.SAME, Verdict.NEW, Verdict.NEW]


def test_another_content_under_the_same_number_contradicts(account, author):
    known(account, quantity=900)
    found = preview(draft(account, author), TODAY)

    assert found.judged[0].verdict is Verdict.CONTRADICTS
    assert "900주" in found.judged[0].why


def test_rows_of_an_order_whose_total_the_broker_told_are_within_it(account, author):
    order(account, 1000)
    assert preview(draft(account, author), TODAY).judged[0].verdict is Verdict.SAME


def test_rows_beyond_the_total_of_an_order_contradict(account, author):
    order(account, 600)
    found = preview(draft(account, author), TODAY)

    assert found.judged[0].verdict is Verdict.CONTRADICTS
    assert "600주" in found.judged[0].why


def test_an_order_of_another_symbol_contradicts(account, author):
    order(account, 1000, symbol="000660")

    assert preview(draft(account, author), TODAY).judged[0].verdict is Verdict.CONTRADICTS


def test_a_diary_of_a_day_the_broker_told_brings_nothing_twice(account, author):
    known(account, quantity=10, order_no="9")
    verdicts = [one.verdict for one in preview(draft(account, author, DIARY), TODAY).judged]

    assert verdicts == [Verdict.SAME, Verdict.NEW, Verdict.NEW]


def test_results_after_fills_of_the_same_sales_bring_nothing(account, author):
    known(account, quantity=4, side="sell", price=Decimal(72_000), amount=288_000)

    assert [o.verdict for o in preview(draft(account, author, RESULTS), TODAY).judged] == [Verdict.SAME]


def test_fills_after_a_diary_of_the_same_day_are_not_counted_twice(account, author):
    commit(draft(account, author, RESULTS, "실현손익.csv"), TODAY)
    rows = "2025-03-03,5,005930,삼성전자,매도,{n},72000,09:0{n}:00,{n}\n"
    found = preview(draft(account, author, HEAD + rows.format(n=1) + rows.format(n=3)), TODAY)

    assert [one.verdict for one in found.judged] == [Verdict.SAME, Verdict.SAME]
    assert "하루 합계" in found.judged[0].why


def test_what_was_imported_gives_way_when_the_broker_tells_of_the_order(account, author):
    commit(draft(account, author), TODAY)
    listed = order(account, 1000)
    listed.delete()
    listed.pk = None
    row = Listing("kt00007", Order, account.pk, DAY, [listed], {"account_id": account.pk, "day": DAY})
    record(row)
    from orders.services.filling import settle

    ledger = settle(account.pk, DAY)

    assert ledger.moved
    shares = [(row[1], row[3]) for row in standing(account) if row[0] == DAY]
    assert sorted(shares) == [("000660", 5), ("005930", 1000)]
    assert Fill.objects.current().get(symbol="005930").fill_no == "agg"
    assert Fill.objects.filter(symbol="005930", superseded_at__isnull=False).count() == 1


def test_a_fill_without_an_order_gives_way_to_any_of_its_symbol_and_side(account, author):
    day = OPENING.date()
    text = f"{HEAD}{day},,005930,삼성전자,매수,30,98000,,\n{day},,000660,하이닉스,매수,3,200000,,\n"
    commit(draft(account, author, text), day)

    on_order_event(account.pk, execution("0000009", "21", 10, 10))

    assert sorted((row[1], row[3]) for row in standing(account)) == [("000660", 3), ("005930", 10)]


def test_the_broker_telling_the_same_number_changes_nothing_twice(account, author):
    day, event = OPENING.date(), execution("0000009", "0000021", 10, 10)
    text = f"{HEAD}{day},9,005930,삼성전자,매수,10,98000,{event.at:%H:%M:%S},21\n"
    commit(draft(account, author, text), day)

    on_order_event(account.pk, event)

    assert [row[3] for row in standing(account)] == [10]
    assert undo(ImportBatch.objects.get(), author) == 0
    assert [row[3] for row in standing(account)] == [10], "it is the broker's own by now"


# --- the way out -------------------------------------------------------------------------------------------


def test_undoing_takes_the_whole_batch_back_and_removes_nothing(account, author):
    batch = draft(account, author)
    commit(batch, TODAY)

    assert undo(batch, author) == 3
    assert standing(account) == []
    assert Fill.objects.count() == 3
    batch.refresh_from_db()
    assert (batch.state, batch.undone_by) == ("undone", author)
    with pytest.raises(ImportRefused, match="이미 되돌린"):
        undo(batch, author)


def test_what_was_undone_can_be_brought_in_again(account, author):
    batch = draft(account, author)
    commit(batch, TODAY)
    undo(batch, author)
    commit(draft(account, author), TODAY)

    assert len(standing(account)) == 3


def test_a_batch_a_later_one_leans_on_is_not_undone(account, author):
    first = draft(account, author)
    commit(first, TODAY)
    more = FILLS.replace("합계", "2025-03-04,99,005930,삼성전자,매수,1,71500,71500,10:00:00,7,0,0\n합계")
    second = draft(account, author, more, "더 많은.csv")
    commit(second, TODAY)

    with pytest.raises(ImportRefused, match=r"더 많은\.csv.*3줄"):
        undo(first, author)
    undo(second, author)
    assert undo(first, author) == 3


def test_whoever_depends_on_a_fill_can_say_so(account, author):
    batch = draft(account, author)
    commit(batch, TODAY)

    def listen(sender, *, account_id, fills, **_rest):
        return [f"{len(fills)}건에 메모가 있습니다."]

    undo_asked.connect(listen)
    try:
        with pytest.raises(ImportRefused, match="3건에 메모"):
            undo(batch, author)
        assert len(standing(account)) == 3
    finally:
        undo_asked.disconnect(listen)


def test_a_draft_thrown_away_lets_its_file_go(account, author):
    batch = draft(account, author)
    discard(batch)

    batch.refresh_from_db()
    assert (batch.state, bytes(batch.content)) == ("discarded", b"")
    with pytest.raises(ImportRefused):
        commit(batch, TODAY)


# --- by hand -----------------------------------------------------------------------------------------------


def by_hand(**more) -> Candidate:
    facts = {
        "line": 0,
        "day": DAY,
        "filled_at": None,
        "order_no": "",
        "fill_no": "",
        "symbol": "005930",
        "name": "삼성전자",
        "side": Side.BUY,
        "credit": "",
        "quantity": 10,
        "price": Decimal(70_000),
        "amount": 700_000,
        "commission": None,
        "tax": None,
        "venue": "KRX",
    }
    return Candidate(**{**facts, **more})


def test_a_fill_written_by_hand_has_an_author_and_a_reason(account, author):
    batch = write_down(account, author, by_hand(), "옛 증권사 앱에서 확인", TODAY)

    assert (batch.kind, batch.author, batch.reason, batch.new) == ("manual", author, "옛 증권사 앱에서 확인", 1)
    assert standing(account) == [(DAY, "005930", "buy", 10, 70_000)]
    assert undo(batch, author) == 1


@pytest.mark.parametrize(("row", "reason"), [(by_hand(), " "), (by_hand(day=date(2099, 1, 4)), "왜")])
def test_no_fill_by_hand_without_a_reason_or_from_the_future(account, author, row, reason):
    with pytest.raises(ImportRefused):
        write_down(account, author, row, reason, TODAY)
    assert not ImportBatch.objects.exists()


def test_a_fill_by_hand_that_is_known_is_refused(account, author):
    known(account, quantity=10, price=Decimal(70_000), amount=700_000)

    with pytest.raises(ImportRefused, match="이미 있습니다"):
        write_down(account, author, by_hand(), "왜", TODAY)
