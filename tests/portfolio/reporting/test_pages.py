"""Pages of reports: strangers find none, readers see what their eyes may, plans are made and previewed."""

import re
from email import message_from_bytes, message_from_string
from email.policy import default

import pytest

from kiwoomweb.notices.models import Delivery
from kiwoomweb.notices.services.delivering import deliver_due
from portfolio.models import ReportIssue, ReportPlan, ReportReader
from portfolio.presenting.reporting import page as reports_page
from portfolio.services.reporting import planning
from portfolio.services.reporting.making import make
from portfolio.services.reporting.opening import open_due

pytestmark = pytest.mark.django_db

FORM = {"kind": "daily", "every": "krx", "language": "ko", "with_pdf": "on"}


@pytest.fixture
def made(plan, hands, mail_server) -> ReportIssue:
    hands.turn("2026-11-25 16:00")
    for number in open_due():
        make(number)
    return ReportIssue.objects.get()


def at(account, rest: str = "") -> str:
    return f"/a/{account.code}/reports/{rest}"


def test_strangers_find_no_reports_and_viewers_plan_none(
    *, made, plan, account, stranger, viewer, visitor
) -> None:
    paths = ["", "new/", f"plans/{plan.code}/", f"plans/{plan.code}/preview/", f"{made.code}/"]
    assert [stranger.get(at(account, path)).status_code for path in paths] == [404] * 5
    assert [viewer.get(at(account, path)).status_code for path in paths] == [200, 404, 404, 404, 404]
    assert visitor.get(at(account)).status_code == 302


def test_a_plan_is_made_changed_paused_and_removed(account, trader, viewer, hands) -> None:
    typed = {**FORM, "people": [trader.user.pk, viewer.user.pk], "masked": [viewer.user.pk]}
    assert trader.post(at(account, "new/"), {**typed, "outside": "tax@example.org"}).status_code == 302
    plan = ReportPlan.objects.get()
    readers = {str(one): one.masked for one in ReportReader.objects.all()}
    assert readers == {"Jun": False, "Vera": True, "tax@example.org": True}
    assert "16:00" in trader.get(at(account)).content.decode()
    weekly = {**FORM, "every": "week", "weekdays": ["4"], "at": "18:00", "holiday": "previous"}
    assert trader.post(at(account, f"plans/{plan.code}/"), weekly).status_code == 302
    plan.refresh_from_db()
    assert (plan.every, plan.next_run.date().isoformat()) == ("week", "2026-11-27")
    typed = trader.get(at(account, f"plans/{plan.code}/")).content.decode()
    assert len(re.findall(r'<input type="checkbox" name="weekdays"', typed)) == 7
    assert re.search(r'<input type="checkbox" name="weekdays" value="4"[^>]* checked', typed)
    assert re.search(r'<input type="time" name="at" value="18:00"', typed)
    for to in ("pause", "wake", "remove"):
        assert trader.post(at(account, f"plans/{plan.code}/to/"), {"to": to}).status_code == 302
    assert ReportPlan.objects.get().removed_at is not None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"every": "week", "at": "18:00"}, "요일을 하나 이상"),
        ({"every": "month", "day": "3"}, "시각을 적으세요"),
        ({"every": "year", "at": "9:00", "month": "1", "day": "1", "holiday": "skip"}, "언제나 휴장일"),
        ({"outside": "nobody"}, "메일 주소가 아닙니다"),
        ({"kind": "gossip"}, "올바르게 선택"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_a_reason(account, trader, typed, words) -> None:
    answer = trader.post(at(account, "new/"), {**FORM, **typed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ReportPlan.objects.exists()


def test_an_issue_has_a_page_and_papers_that_stay_as_they_are(made, account, owner) -> None:
    shown = owner.get(at(account, f"{made.code}/"))
    assert shown.status_code == 200
    for form, head in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("txt", "하루 보고".encode())):
        first, second = (b"".join(owner.get(at(account, f"{made.code}/file.{form}"))) for _ in range(2))
        assert first == second
        assert head in first[:400]
    assert owner.get(at(account, f"{made.code}/file.exe")).status_code == 404
    assert owner.get(at(account, f"{made.code}/picture/none.png")).status_code == 404


def test_every_link_of_a_mail_leads_somewhere_and_the_report_asks_who_is_there(
    made, account, owner, visitor, mail_server
) -> None:
    deliver_due()
    mail = message_from_bytes(mail_server.messages[-1], policy=default)
    html = mail.get_body(("html",)).get_content()
    page, leave = (link.removeprefix("https://journal.test") for link in re.findall(r'href="([^"]+)"', html))
    assert page == at(account, f"{made.code}/")
    assert owner.get(page).status_code == 200
    asked = visitor.get(page)
    assert (asked.status_code, asked.url.partition("?")[0]) == (302, "/accounts/login/")
    assert f"<https://journal.test{leave}>" == mail["List-Unsubscribe"]
    assert visitor.get(leave).status_code == 200
    assert leave in mail.get_body(("plain",)).get_content()
    pictures = {part["Content-ID"].strip("<>") for part in mail.walk() if part["Content-ID"]}
    assert pictures == set(re.findall(r'src="cid:([^"]+)"', html))


def test_the_history_goes_on_behind_a_button(plan, hands, account, owner, monkeypatch) -> None:
    monkeypatch.setattr(reports_page, "MOST", 2)
    hands.turn("2026-11-27 17:00")
    codes = [ReportIssue.objects.get(pk=number).code for number in open_due()]
    newest = owner.get(at(account)).content.decode()
    assert [code in newest for code in codes] == [False, True, True]
    (older,) = re.findall(r'href="(\?before=[^"]+)"', newest)
    rest = owner.get(at(account, older)).content.decode()
    assert [f"/reports/{code}/" in rest for code in codes] == [True, False, False]
    assert "더 오래된 보고서" in newest
    assert "더 오래된 보고서" not in rest


def test_a_preview_sends_nothing_and_keeps_nothing(plan, account, owner) -> None:
    whole = owner.get(at(account, f"plans/{plan.code}/preview/")).content.decode()
    hidden = owner.get(at(account, f"plans/{plan.code}/preview/?masked=1")).content.decode()
    assert ["금액은 가렸습니다" in page for page in (whole, hidden)] == [False, True]
    assert (ReportIssue.objects.count(), Delivery.objects.count()) == (0, 0)


def test_an_issue_is_sent_again_by_its_button(made, account, owner, viewer) -> None:
    reader = ReportReader.objects.get()
    assert owner.post(at(account, f"{made.code}/again/"), {"reader": reader.pk}).status_code == 302
    assert Delivery.objects.count() == 2
    assert viewer.post(at(account, f"{made.code}/again/"), {"reader": reader.pk}).status_code == 404


def test_an_outside_reader_agrees_by_a_button_and_not_by_looking(plan, mail_server, client) -> None:
    planning.set_outsiders(plan, {"tax@example.org": True})
    deliver_due()
    text = mail_server.messages[-1].decode()
    body = message_from_string(text).get_payload(decode=True).decode()
    path = body.split("https://journal.test")[1].split()[0]
    assert client.get(path).status_code == 200
    assert ReportReader.objects.get(address="tax@example.org").agreed_at is None
    client.post(path)
    assert ReportReader.objects.get(address="tax@example.org").agreed_at is not None
    assert client.get(path[:-4] + "abc/").status_code == 404
