"""One plan for several accounts: one mail for each reader, with the accounts they may see, as they may."""

import re
from email import message_from_bytes
from email.policy import default

import pytest

from kiwoomweb.access.models import Account, Grant
from kiwoomweb.notices.models import Delivery, Notice
from kiwoomweb.notices.services.delivering import deliver_due
from portfolio.models import ReportIssue, ReportPlan
from portfolio.services.reporting import making, planning
from portfolio.services.reporting.aligning import align
from portfolio.services.reporting.gathering import gather_left
from portfolio.services.reporting.mailing import mail_again
from portfolio.services.reporting.making import make, waiting
from portfolio.services.reporting.opening import open_due
from tests.portfolio.reporting.test_issues import texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(account) -> Account:
    return Account.objects.create(
        team=account.team, name="둘째 계좌", number="8100000002", environment=account.environment
    )


@pytest.fixture
def both(plan, hands, second, trader, viewer) -> ReportPlan:
    """Minji sees both; Jun the second without amounts; Vera the first alone."""
    for person, account, more in ((trader, second, {"masked": True}), (viewer, second, {"role": 0})):
        membership = person.user.memberships.get(team=account.team)
        Grant.objects.create(membership=membership, account=account, **more)
    planning.change(plan, {"with_csv": True})
    planning.set_accounts(plan, [second], [second])
    planning.set_readers(plan, {plan.owner: False, trader.user: False, viewer.user: False})
    align()
    hands.turn("2026-11-25 16:00")
    return plan


def test_each_reader_gets_one_mail_with_the_accounts_they_may_see(both, mail_server, account, second) -> None:
    assert len(open_due()) == 2
    first, last = waiting()
    make(first)
    assert not Delivery.objects.exists()  # the other account's is still to come
    make(last)
    assert gather_left() == 0
    deliver_due()
    told = texts(mail_server)
    assert sorted(told) == ["jun@example.com", "minji@example.com", "vera@example.com"]
    for reader in ("jun@example.com", "minji@example.com"):
        assert f"{account.name} · " in told[reader]
        assert "둘째 계좌 · " in told[reader]
    assert "둘째 계좌" not in told["vera@example.com"]
    assert "금액은 가렸습니다" in told["jun@example.com"]
    assert "금액은 가렸습니다" not in told["minji@example.com"]
    assert ReportIssue.objects.filter(mailed_at__isnull=False).count() == 2
    assert Notice.objects.filter(kind="report").count() == 3


def test_two_who_finish_at_once_post_each_letter_once(both, mail_server, monkeypatch) -> None:
    open_due()
    monkeypatch.setattr(making, "try_to_gather", lambda _issue: None)  # both died before they could
    assert sum(make(number) for number in waiting()) == 2
    assert not Delivery.objects.exists()
    assert (gather_left(), gather_left()) == (1, 0)
    assert Delivery.objects.count() == 3


def test_an_account_whose_report_failed_is_said_to_be_missing(both, second, mail_server) -> None:
    open_due()
    ReportIssue.objects.filter(account=second).update(failed_at="2026-11-25T07:00Z")
    make(waiting()[0])
    deliver_due()
    told = texts(mail_server)
    assert "둘째 계좌: 보고서를 만들지 못했습니다" in told["minji@example.com"]
    assert "둘째 계좌" not in told["vera@example.com"]


def test_a_mail_with_tables_attached_names_them_and_again_is_the_same_mail(both, mail_server) -> None:
    open_due()
    for number in waiting():
        make(number)
    issue = ReportIssue.objects.order_by("-pk").first()
    reader = both.readers.get(user=both.owner)
    again = mail_again(issue, reader)
    assert again.key.startswith(f"report:{ReportIssue.objects.order_by('pk').first().code}:")
    deliver_due()
    mails = [message_from_bytes(raw, policy=default) for raw in mail_server.messages]
    files = {mail["To"]: {part.get_filename() for part in mail.iter_attachments()} for mail in mails}
    assert "kiwoomweb-daily-2026-11-25-계좌별.csv" in files[again.to]
    assert files["jun@example.com"]  # without amounts
    assert not files["vera@example.com"]  # a viewer takes nothing away


def test_plans_that_go_together_stand_and_fall_together(both, second, owner, viewer, account) -> None:
    planning.change(both, {"shared": True})
    assert "둘째" not in viewer.get(f"/a/{account.code}/reports/").content.decode()
    other = ReportPlan.objects.get(account=second)
    planning.pause(both, True)
    align()
    other.refresh_from_db()
    assert other.paused_at is not None
    form = owner.get(f"/a/{account.code}/reports/plans/{both.code}/").content.decode()
    assert re.search(rf'<input type="checkbox" name="also" value="{second.code}"[^>]* checked', form)
    assert owner.get(f"/a/{second.code}/reports/plans/{other.code}/").status_code == 404
    page = owner.get(f"/a/{second.code}/reports/").content.decode()
    assert f"{account.name}의 예약과 함께 나갑니다." in page
    assert owner.get(f"/a/{account.code}/reports/plans/{both.code}/preview/").status_code == 200
    form = {"kind": "daily", "every": "krx", "language": "ko", "people": [both.owner.pk]}
    assert owner.post(f"/a/{account.code}/reports/plans/{both.code}/", form).status_code == 302
    other.refresh_from_db()
    assert other.removed_at is not None
    assert owner.post(
        f"/a/{account.code}/reports/plans/{both.code}/", {**form, "also": [second.code]}
    ).status_code
    other.refresh_from_db()
    assert other.removed_at is None


def test_nobody_plans_for_an_account_they_may_not(second, trader, account, hands) -> None:
    Grant.objects.create(membership=trader.user.memberships.get(), account=second, role=10)
    form = {
        "kind": "daily",
        "every": "krx",
        "language": "ko",
        "people": [trader.user.pk],
        "also": [second.code],
    }
    assert trader.post(f"/a/{account.code}/reports/new/", form).status_code == 422
    assert not ReportPlan.objects.exists()
