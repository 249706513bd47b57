"""Imports as pages: upload, columns, preview, bring in, take back; what is wrong is told, never guessed."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kiwoomweb.ui.uploads import MOST_BYTES
from orders.models import Fill, ImportBatch
from portfolio.models import HoldingEvent, Trade
from portfolio.services.trades.catching_up import catch_up
from tests.orders.incoming.files import FILLS, STRANGE, bomb, cp949


def upload(person, account, content: bytes = cp949(FILLS), name: str = "체결내역.csv", **more):
    file = SimpleUploadedFile(name, content)
    return person.post(f"/a/{account.code}/imports/", {"file": file}, **more)


def text(answer) -> str:
    return answer.content.decode()


def address(account, batch: ImportBatch | None = None, step: str = "") -> str:
    return f"/a/{account.code}/imports/{f'{batch.pk}/' if batch else ''}{step}"


def test_a_stranger_finds_no_imports(stranger, trader, account):
    upload(trader, account)
    batch = ImportBatch.objects.get()

    for path in ("", f"{batch.pk}/", f"{batch.pk}/columns/", f"{batch.pk}/original/", "manual/"):
        assert stranger.get(f"/a/{account.code}/imports/{path}").status_code == 404
    for step in ("commit/", "undo/", "discard/"):
        assert stranger.post(address(account, batch, step)).status_code == 404
    assert upload(stranger, account).status_code == 404


def test_an_import_of_another_account_is_not_found_here(trader, account, live_account):
    upload(trader, live_account)

    assert trader.get(address(account, ImportBatch.objects.get())).status_code == 404


def test_a_viewer_looks_and_brings_nothing_in(viewer, trader, account):
    upload(trader, account)
    batch = ImportBatch.objects.get()

    assert 'type="file"' not in text(viewer.get(address(account)))
    assert "들이기" not in text(viewer.get(address(account, batch)))
    assert upload(viewer, account).status_code == 404
    assert viewer.post(address(account, batch, "commit/")).status_code == 404
    assert not Fill.objects.exists()


def test_a_file_is_previewed_brought_in_and_taken_back(trader, account):
    answer = upload(trader, account)
    batch = ImportBatch.objects.get()
    assert answer.url == address(account, batch)

    page = text(trader.get(answer.url))
    assert "삼성전자" in page
    assert "3건 들이기" in page
    assert "미확정" in page
    assert not Fill.objects.exists()

    done = trader.post(address(account, batch, "commit/"), follow=True)
    assert "3건을 들였습니다" in text(done)
    assert Fill.objects.current().count() == 3

    gone = trader.post(address(account, batch, "undo/"), follow=True)
    assert "3건을 되돌렸습니다" in text(gone)
    assert not Fill.objects.current().exists()
    assert Fill.objects.count() == 3


def test_trades_are_derived_from_what_was_brought_in(trader, account, django_capture_on_commit_callbacks):
    upload(trader, account)
    batch = ImportBatch.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        trader.post(address(account, batch, "commit/"))

    states = set(Trade.objects.present().filter(account=account).values_list("symbol", "state"))
    assert states == {("005930", "open"), ("005380", "open"), ("000660", "unsettled")}
    assert "SK하이닉스" in text(trader.get(address(account))), "what is missing is asked for by name"


def test_the_earlier_purchase_settles_the_sale(trader, account, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        upload(trader, account)
        trader.post(address(account, ImportBatch.objects.get(), "commit/"))
    before = "일자,종목코드,종목명,매매구분,수량,단가\n2025-02-03,000660,SK하이닉스,매수,5,190000\n"
    with django_capture_on_commit_callbacks(execute=True):
        upload(trader, account, before.encode(), "그 전.csv")
        trader.post(address(account, ImportBatch.objects.order_by("pk").last(), "commit/"))

    assert not Trade.objects.present().filter(account=account, state="unsettled").exists()


def test_a_trade_with_a_note_keeps_its_import_from_being_undone(
    trader, account, django_capture_on_commit_callbacks
):
    from portfolio.services.noting import save_trade_note

    with django_capture_on_commit_callbacks(execute=True):
        upload(trader, account)
        batch = ImportBatch.objects.get()
        trader.post(address(account, batch, "commit/"))
    trade = Trade.objects.present().get(symbol="005930")
    save_trade_note(trade, "왜 샀나", based_on=0, author=trader.user)

    answer = trader.post(address(account, batch, "undo/"))

    assert answer.status_code == 409
    assert "삼성전자" in text(answer)
    assert Fill.objects.current().count() == 3


def test_a_heading_nobody_knows_is_asked_about(trader, account):
    answer = upload(trader, account, STRANGE.encode(), "mine.csv")
    batch = ImportBatch.objects.get()
    assert answer.url == address(account, batch, "columns/")
    page = text(trader.get(answer.url))
    assert "how many" in page
    assert "아직 모르는 것" in page

    said = {
        "column-0": "day",
        "column-1": "symbol",
        "column-2": "quantity",
        "column-3": "price",
        "column-4": "side",
        "column-5": "",
        "rule": "column",
    }
    incomplete = trader.post(answer.url, {**said, "column-2": ""})
    assert incomplete.status_code == 422
    doubled = trader.post(answer.url, {**said, "column-5": "price"})
    assert "열이 둘입니다" in text(doubled)
    assert trader.post(answer.url, said).url == address(account, batch)
    preview = text(trader.get(address(account, batch)))
    assert "2건 들이기" in preview
    assert "shoes" in preview, "what is not used is named"
    assert upload(trader, account, STRANGE.encode(), "mine2.csv").url == address(
        account, ImportBatch.objects.order_by("pk").last()
    )


@pytest.mark.parametrize(
    "said", [{"column-0": "nonsense"}, {"column-x": "day"}, {"rule": "nope", "day": "어제"}]
)
def test_nonsense_in_the_form_is_answered_and_not_kept(trader, account, said):
    upload(trader, account, STRANGE.encode(), "mine.csv")
    batch = ImportBatch.objects.get()

    assert trader.post(address(account, batch, "columns/"), said).status_code == 422


def test_a_file_of_another_account_is_asked_about(trader, live_account):
    answer = upload(trader, live_account)
    batch = ImportBatch.objects.get()
    assert answer.url == address(live_account, batch, "columns/")
    page = text(trader.get(answer.url))
    assert "****-0111" in page
    assert "8100000111" not in page
    assert trader.post(address(live_account, batch, "commit/")).status_code == 409

    columns = {f"column-{place}": what for place, what in batch.mapping["columns"].items()}
    assert trader.post(answer.url, {**columns, "rule": "column"}).status_code == 422
    assert trader.post(answer.url, {**columns, "rule": "column", "ours": "yes"}).status_code == 302
    assert trader.post(address(live_account, batch, "commit/")).status_code == 302


def test_the_same_file_again_says_so(trader, account):
    upload(trader, account)
    trader.post(address(account, ImportBatch.objects.get(), "commit/"))

    upload(trader, account)
    page = text(trader.get(address(account, ImportBatch.objects.order_by("pk").last())))

    assert "이미 들였습니다" in page
    assert "disabled" in page


def test_lines_that_were_left_out_can_be_downloaded_as_they_were(trader, account):
    rows = "일자,종목코드,매매구분,수량,단가\n2025-03-03,005930,매수,1,100\n2025-03-03,005930,매수,=1+1,100\n"
    upload(trader, account, rows.encode())
    batch = ImportBatch.objects.get()
    for _time in range(2):
        answer = trader.get(address(account, batch, "left-out.csv"))
        told = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
        assert told[1][0] == "3"
        assert "숫자가 아닙니다" in told[1][1]
        assert told[1][5] == "'=1+1"
        trader.post(address(account, batch, "commit/"))
    assert trader.get(address(account, batch, "left-out.exe")).status_code == 404


def test_the_original_comes_back_as_it_was_and_never_as_a_page(trader, account):
    upload(trader, account, b"<script>,x\n1,2\n", "a<b>.csv")
    answer = trader.get(address(account, ImportBatch.objects.get(), "original/"))

    assert b"".join(answer.streaming_content) == b"<script>,x\n1,2\n"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_shares_brought_in_are_recorded_from_the_file_once(trader, viewer, account):
    rows = "일자,종목코드,종목명,매매구분,수량,단가\n2025-03-03,005930,삼성전자,타사대체입고,10,70000\n"
    upload(trader, account, rows.encode())
    batch = ImportBatch.objects.get()
    page = text(trader.get(address(account, batch)))
    assert "타사대체입고" in page
    assert 'name="price" inputmode="decimal" value="70000"' in page
    assert 'name="kind" value="brought_in"' not in text(viewer.get(address(account, batch)))

    told = {"kind": "brought_in", "symbol": "005930", "day": "2025-03-03", "quantity": "10", "price": "70000"}
    for _time in range(2):
        trader.post(f"/a/{account.code}/trades/events/", told | {"reason": "체결내역.csv 2줄: 타사대체입고"})

    event = HoldingEvent.objects.get()
    assert (event.kind, event.quantity, event.amount) == ("brought_in", 10, 700_000)
    assert "보유에 적음" in text(trader.get(address(account, batch)))


def test_a_file_with_a_heading_and_nothing_below_says_so(trader, account):
    upload(trader, account, cp949(FILLS.partition("2025/03/03,0001234")[0]))

    assert "머리글만 있습니다" in text(trader.get(address(account, ImportBatch.objects.get())))


def test_a_script_in_a_file_is_text(trader, account):
    rows = "일자,종목코드,종목명,매매구분,수량,단가\n2025-03-03,005930,<script>alert(1)</script>,매수,1,100\n"
    upload(trader, account, rows.encode(), "<b>x</b>.csv")
    page = text(trader.get(address(account, ImportBatch.objects.get())))

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"x" * (10 * 1024 * 1024 + 1), "10MB까지"),
        (bomb(130), "지나치게 커지는"),
    ],
)
def test_what_cannot_be_read_is_refused_on_the_page(trader, account, content, said):
    answer = upload(trader, account, content)

    assert answer.status_code == 422
    assert said in text(answer)
    assert not ImportBatch.objects.exists()


def test_an_empty_form_and_an_empty_file_are_told_apart(trader, account):
    assert "올릴 파일을 고르세요" in text(trader.post(f"/a/{account.code}/imports/"))
    assert "올릴 파일을 고르세요" in text(upload(trader, account, b"")) or "빈 파일" in text(
        upload(trader, account, b"")
    )
    assert "빈 파일" in text(upload(trader, account, b"\r\n"))


def test_forty_megabytes_are_refused_before_anything_is_read(trader, visitor, account):
    for person in (trader, visitor):
        answer = person.browser.generic(
            "POST", f"/a/{account.code}/imports/", b"", CONTENT_LENGTH=str(40 * 1024 * 1024)
        )
        assert answer.status_code == 413
        assert f"{MOST_BYTES // 1024 // 1024}MB까지" in text(answer)
    assert "Content-Security-Policy" in answer.headers


def test_a_draft_thrown_away_is_gone_from_the_list(trader, account):
    upload(trader, account)
    batch = ImportBatch.objects.get()
    trader.post(address(account, batch, "discard/"))

    assert "체결내역.csv" not in text(trader.get(address(account)))
    assert trader.get(address(account, batch)).status_code == 404


def by_hand(**more) -> dict[str, str]:
    return {
        "day": "2025-03-03",
        "clock": "09:01:02",
        "symbol": "A005930",
        "side": "buy",
        "quantity": "10",
        "price": "71500",
        "reason": "옛 앱에서 확인",
    } | more


def test_a_fill_is_written_by_hand_with_author_and_reason(trader, account):
    answer = trader.post(f"/a/{account.code}/imports/manual/", by_hand(), follow=True)

    assert "옛 앱에서 확인" in text(answer)
    fill = Fill.objects.get()
    assert (fill.day, fill.symbol, fill.quantity, fill.amount) == (date(2025, 3, 3), "005930", 10, 715_000)
    assert ImportBatch.objects.get().author == trader.user


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"quantity": "0"},
        {"price": "-1"},
        {"symbol": "삼성"},
        {"day": "2099-01-05"},
        {"side": "hold"},
    ],
)
def test_a_fill_by_hand_that_cannot_be_is_refused_on_the_form(trader, account, wrong):
    answer = trader.post(f"/a/{account.code}/imports/manual/", by_hand(**wrong))

    assert answer.status_code == 422
    assert not Fill.objects.exists()


def test_catching_up_twice_changes_nothing(trader, account, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        upload(trader, account)
        trader.post(address(account, ImportBatch.objects.get(), "commit/"))
    assert not catch_up(account.pk).trades
