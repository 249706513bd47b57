"""The outbox: what is posted leaves once, whoever dies on the way."""

from contextlib import closing
from datetime import timedelta

import pytest
from django.core.mail import send_mail
from django.utils import timezone

from kiwoomweb.notices.letters import Enclosure, Letter
from kiwoomweb.notices.models import Delivery, Notice, State
from kiwoomweb.notices.services import claiming
from kiwoomweb.notices.services.delivering import Office, deliver_due
from kiwoomweb.notices.services.opting import opt_out
from kiwoomweb.notices.services.posting import opened, post
from kiwoomweb.notices.wires.smtp import Patience
from kiwoomweb.operation.drills.mail.server import Fault
from tests.queue import waiting

pytestmark = pytest.mark.django_db
LETTER = Letter(
    "vera@example.com", "일일 보고서\nBcc: x@y.z", "오늘 손익 +1,000원", "report:1", scope="report:7"
)


def state(row: Delivery) -> str:
    row.refresh_from_db()
    return row.state


def test_a_letter_posted_twice_leaves_once(mail_server) -> None:
    first, second = post(LETTER), post(LETTER)
    assert first.pk == second.pk
    assert [task.name for task in waiting()] == ["notices.post"]
    assert (deliver_due(), deliver_due()) == (1, 0)
    assert (state(first), sum(mail_server.taken.values())) == (State.SENT, 1)
    assert bytes(first.content) == b""


def test_a_letter_can_be_read_by_programs_and_unsubscribed_from(mail_server, client) -> None:
    from email import message_from_bytes
    from email.policy import default

    post(LETTER)
    deliver_due()
    mail = message_from_bytes(mail_server.messages[0], policy=default)
    assert mail["Subject"] == "일일 보고서 Bcc: x@y.z"
    assert mail["Bcc"] is None
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Id"].endswith("<report.kiwoomweb.kiwoomweb.test>")
    link = mail["List-Unsubscribe"].strip("<>")
    assert link.startswith("https://journal.test/u/")
    path = link.removeprefix("https://journal.test")
    assert client.get(path).status_code == 200
    assert post(Letter(**{**fields(), "key": "2"})).state == State.QUEUED  # looking is not leaving
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert post(Letter(**{**fields(), "key": "3"})).state == State.REFUSED
    assert client.post(path[:-3] + "x/").status_code == 404


def fields() -> dict:
    return {name: getattr(LETTER, name) for name in LETTER.__slots__}


def test_who_unsubscribes_while_a_letter_waits_does_not_get_it(mail_server) -> None:
    row = post(LETTER)
    opt_out("Vera@example.com", "report:7")
    deliver_due()
    assert (state(row), mail_server.taken) == (State.REFUSED, {})


def test_a_letter_to_nobody_or_without_a_server_is_refused_at_once(mail_server, settings) -> None:
    assert post(Letter("not an address", "a", "b", "k1")).state == State.REFUSED
    settings.CAN_MAIL = False
    assert post(Letter("a@example.com", "a", "b", "k2")).state == State.REFUSED


def test_a_server_that_is_busy_gets_it_later_and_again(mail_server, at_once) -> None:
    row = post(LETTER)
    faults = [Fault("rcpt", "451 try later"), Fault("greeting", "cut"), None]
    mail_server.script = lambda: faults.pop(0)
    deliver_due()
    assert (state(row), row.attempts, sum(mail_server.taken.values())) == (State.SENT, 3, 1)


def test_a_server_that_is_away_costs_few_letters_a_try(mail_server) -> None:
    for number in range(9):
        post(Letter(**{**fields(), "key": str(number)}))
    mail_server.script = lambda: Fault("greeting", "cut")
    deliver_due()
    assert Delivery.objects.filter(attempts=1).count() == 3


def test_a_letter_nobody_takes_is_given_up_and_its_owner_told(mail_server, at_once, owner) -> None:
    row = post(Letter(**{**fields(), "user": owner.user}))
    mail_server.script = lambda: Fault("rcpt", "451 never")
    deliver_due()
    assert (state(row), row.attempts) == (State.FAILED, len(claiming.BACKOFF) + 1)
    assert Notice.objects.get(user=owner.user).text == "451 never"


def test_a_letter_whose_answer_was_not_heard_is_unsure_and_never_sent_again(mail_server, owner) -> None:
    row = post(Letter(**{**fields(), "user": owner.user}))
    mail_server.script = lambda: Fault("dot", "taken_cut")
    deliver_due()
    mail_server.script = lambda: None
    claiming.release(timezone.now() + timedelta(days=9))
    deliver_due()
    assert (state(row), sum(mail_server.taken.values())) == (State.UNSURE, 1)
    assert "확인" in Notice.objects.get(user=owner.user).title


def test_who_died_before_the_dot_is_followed_by_another_and_after_it_by_nobody(mail_server) -> None:
    before, after = post(Letter(**{**fields(), "key": "a"})), post(Letter(**{**fields(), "key": "b"}))
    first, second = claiming.claim(("mail",)), claiming.claim(("mail",))
    assert claiming.claim(("mail",)) is None
    assert claiming.hand(second)
    claiming.release(timezone.now() + claiming.LEASE * 2)
    assert (state(before), state(after)) == (State.QUEUED, State.UNSURE)
    assert not claiming.hand(first)  # the dead man wakes up: his claim is gone


def test_who_was_only_slow_may_still_say_that_it_was_taken(mail_server) -> None:
    row = post(LETTER)
    slow = claiming.claim(("mail",))
    assert claiming.hand(slow)
    claiming.release(timezone.now() + claiming.LEASE * 2)
    from kiwoomweb.notices.wires.verdict import Outcome, Verdict

    assert claiming.end(slow, Verdict.of(Outcome.SENT, "250 ok"))
    assert state(row) == State.SENT


def test_a_letter_that_signs_somebody_in_is_sealed_while_it_waits(mail_server, settings) -> None:
    settings.EMAIL_BACKEND = "kiwoomweb.notices.outbox_backend.EmailBackend"
    send_mail("비밀번호", "https://journal.test/reset/canary-token", None, ["a@example.com", "b@example.com"])
    rows = list(Delivery.objects.all())
    assert len(rows) == 2
    assert b"canary" not in b"".join(bytes(row.content) for row in rows)
    deliver_due()
    assert sum(b"canary" in message for message in mail_server.messages) == 2


def test_the_same_bytes_are_sent_at_every_try(mail_server) -> None:
    files = (Enclosure("보고서.pdf", "application/pdf", b"%PDF-1.7 \x00\xff"),)
    row = post(
        Letter(
            **{
                **fields(),
                "html": "<p>그림 <img src='cid:a'></p>",
                "pictures": {"a": b"\x89PNG"},
                "files": files,
            }
        )
    )
    kept = opened(row)
    with closing(Office(Patience(command=1))) as office:
        office.send(claiming.claim(("mail",)))
    assert mail_server.messages == [kept if kept.endswith(b"\r\n") else kept + b"\r\n"]
    assert kept.isascii()
