"""A plan that is due becomes one issue and one mail for each reader, whoever rings, dies or comes late."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Grant, Membership
from kiwoomweb.notices.models import Delivery, Notice, State
from kiwoomweb.notices.services.delivering import deliver_due
from kiwoomweb.notices.services.opting import opt_out
from kiwoomweb.operation.drills.mail.server import Fault
from portfolio import reports
from portfolio.models import ReportIssue, ReportPlan, ReportReader
from portfolio.services.reporting import making, planning
from portfolio.services.reporting.mailing import mail_again
from portfolio.services.reporting.making import make, waiting
from portfolio.services.reporting.opening import open_due

pytestmark = pytest.mark.django_db


def ring() -> int:
    """What the bell does: open, then make. How many issues were made."""
    open_due()
    return sum(make(number) for number in waiting())


def texts(server) -> dict[str, str]:
    """The plain text each reader got."""
    mails = [message_from_bytes(raw, policy=default) for raw in server.messages]
    return {mail["To"]: mail.get_body(("plain",)).get_content() for mail in mails}


def issue() -> ReportIssue:
    return ReportIssue.objects.get()


def test_a_plan_is_due_after_the_close_and_its_report_goes_to_its_readers(
    plan, hands, mail_server, viewer
) -> None:
    planning.set_readers(plan, {plan.owner: False, viewer.user: True})
    assert ring() == 0
    hands.turn("2026-11-25 16:00")
    assert (ring(), ring()) == (1, 0)
    deliver_due()
    issue = ReportIssue.objects.get()
    assert (issue.first, issue.last) == (hands.clock.day, hands.clock.day)
    assert sorted(Delivery.objects.values_list("to", "state")) == [
        ("minji@example.com", State.SENT),
        ("vera@example.com", State.SENT),
    ]
    assert sum(mail_server.taken.values()) == 2
    assert Notice.objects.filter(kind="report").count() == 2


def test_the_same_plan_found_by_two_workers_opens_one_issue(plan, hands) -> None:
    from portfolio.services.reporting.opening import open_one

    hands.turn("2026-11-25 16:00")
    first, second = ReportPlan.objects.get(), ReportPlan.objects.get()
    assert (len(open_one(first, hands.clock)), len(open_one(second, hands.clock))) == (1, 0)
    assert ReportIssue.objects.count() == 1


def test_f36_a_clock_that_stood_for_a_day_is_caught_up_with_once(plan, hands, mail_server) -> None:
    hands.turn("2026-11-27 08:00")  # Wednesday's and Thursday's bells were not rung
    assert (ring(), ring()) == (2, 0)
    deliver_due()
    assert sorted(str(day) for day in ReportIssue.objects.values_list("last", flat=True)) == [
        "2026-11-25",
        "2026-11-26",
    ]
    assert sum(mail_server.taken.values()) == Delivery.objects.count() == 2


def test_what_is_weeks_late_is_kept_on_its_page_but_not_mailed(plan, hands, mail_server) -> None:
    hands.turn("2026-12-11 16:00")
    made = ring()
    mailed = ReportIssue.objects.filter(mailed_at__isnull=False)
    assert made == ReportIssue.objects.filter(made_at__isnull=False).count() == 13
    assert str(mailed.order_by("due_at").first().last) == "2026-12-04"
    assert Delivery.objects.count() == mailed.count() == 6


def test_whoever_dies_while_making_is_followed_by_another_who_tells_the_same(
    plan, hands, mail_server, monkeypatch
) -> None:
    hands.turn("2026-11-25 16:00")
    (number,) = open_due()
    monkeypatch.setattr(making, "_finish", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make(number)
    monkeypatch.undo()
    as_of = ReportIssue.objects.get().as_of
    assert not make(number)  # its claim still stands
    ReportIssue.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    hands.__init__(monkeypatch)
    assert make(number)
    assert ReportIssue.objects.get().as_of == as_of
    assert Delivery.objects.count() == 1


def test_a_report_that_cannot_be_made_is_tried_again_and_then_said(plan, hands, monkeypatch) -> None:
    hands.turn("2026-11-25 16:00")
    open_due()
    monkeypatch.setattr(reports, "build", lambda *_, **__: 1 / 0)
    for _ in range(9):
        ReportIssue.objects.update(claimed_until=None)
        ring()
    issue = ReportIssue.objects.get()
    assert (issue.attempts, issue.trouble) == (making.MOST_TRIES, "ZeroDivisionError")
    assert issue.failed_at is not None
    assert Notice.objects.filter(kind="report", urgent=True).count() == 1


def test_who_has_left_the_team_gets_nothing(plan, hands, mail_server, viewer) -> None:
    planning.set_readers(plan, {plan.owner: False, viewer.user: False})
    Membership.objects.filter(user=viewer.user).delete()
    hands.turn("2026-11-25 16:00")
    ring()
    assert list(Delivery.objects.values_list("to", flat=True)) == ["minji@example.com"]


def test_an_outside_address_is_asked_first_and_may_leave_again(plan, hands, mail_server, client) -> None:
    planning.set_outsiders(plan, {"taxes@example.org": True})
    planning.set_outsiders(plan, {"taxes@example.org": True})
    question = Delivery.objects.get(to="taxes@example.org")
    hands.turn("2026-11-25 16:00")
    ring()
    assert Delivery.objects.filter(to="taxes@example.org").count() == 1
    deliver_due()
    reader = ReportReader.objects.get(address="taxes@example.org")
    planning.agree(reader)
    hands.turn("2026-11-26 16:00")
    ring()
    assert Delivery.objects.filter(to="taxes@example.org", state=State.QUEUED).count() == 1
    opt_out("taxes@example.org", plan.scope)
    hands.turn("2026-11-27 16:00")
    ring()
    assert Delivery.objects.filter(to="taxes@example.org", state=State.REFUSED).count() == 1
    assert question.subject


def test_an_outside_address_sees_no_more_than_whoever_chose_it(hands, account, trader, mail_server) -> None:
    plan = planning.make(trader.user, account, {"kind": "daily", "every": "krx", "with_pdf": True})
    planning.set_readers(plan, {})
    planning.set_outsiders(plan, {"taxes@example.org": False})
    planning.agree(ReportReader.objects.get(address="taxes@example.org"))
    membership = Membership.objects.get(user=trader.user)
    Grant.objects.create(membership=membership, account=account, masked=True)
    hands.turn("2026-11-25 16:00")
    ring()
    deliver_due()
    assert "금액은 가렸습니다" in texts(mail_server)["taxes@example.org"]
    membership.delete()
    hands.turn("2026-11-26 16:00")
    assert ring() == 1
    assert Delivery.objects.filter(kind="report").count() == 1


def test_whoever_planned_it_hears_that_a_reader_was_not_reached(
    *, plan, hands, mail_server, owner, viewer
) -> None:
    planning.set_readers(plan, {viewer.user: False})
    hands.turn("2026-11-25 16:00")
    ring()
    mail_server.script = lambda: Fault("rcpt", "550 5.1.1 no such person")
    deliver_due()
    (theirs,) = Notice.objects.filter(kind="delivery", user=viewer.user)
    (ours,) = Notice.objects.filter(kind="delivery", user=plan.owner)
    assert (theirs.url, ours.url) == ("/notices/sent/", f"/a/{plan.account.code}/reports/{issue().code}/")
    assert "vera@example.com" in ours.title
    assert ours.text == "550 5.1.1 no such person"
    listed = [person.get(f"/a/{plan.account.code}/reports/").content.decode() for person in (owner, viewer)]
    assert ["못 받은 사람 있음" in page for page in listed] == [True, False]


def test_amounts_are_hidden_from_whom_they_are_hidden(plan, hands, mail_server, viewer) -> None:
    planning.set_readers(plan, {plan.owner: False, viewer.user: True})
    hands.turn("2026-11-25 16:00")
    ring()
    texts = {text.masked: reports.taken_up(text.raw) for text in ReportIssue.objects.get().texts.all()}
    assert (texts[True].is_masked, texts[False].is_masked) == (True, False)


def test_a_report_is_sent_again_when_somebody_asks_and_only_then(plan, hands, mail_server) -> None:
    hands.turn("2026-11-25 16:00")
    ring()
    issue, reader = ReportIssue.objects.get(), ReportReader.objects.get()
    again = mail_again(issue, reader)
    deliver_due()
    assert sum(mail_server.taken.values()) == 2
    assert again.message_id in mail_server.taken


def test_a_paused_plan_makes_up_for_nothing(plan, hands) -> None:
    planning.pause(plan, True)
    hands.turn("2026-11-27 08:00")
    assert open_due() == []
    planning.pause(plan, False)
    assert open_due() == []
    hands.turn("2026-11-27 16:00")
    assert len(open_due()) == 1


def test_a_practice_market_that_begins_anew_is_followed(plan, hands) -> None:
    hands.turn("2026-11-25 16:00")
    open_due()
    hands.turn("2026-11-20 09:00")
    open_due()
    assert ReportPlan.objects.get().next_run.astimezone(hands.clock.now.tzinfo).date().day == 20
    hands.turn("2026-11-25 16:30")
    open_due()
    assert ReportIssue.objects.count() == 4  # of the 20th, 23rd, 24th and, once, the 25th
