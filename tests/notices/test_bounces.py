"""A letter that was taken and came back is shown to its owner."""

import pytest

from kiwoomweb.notices.bounces import read_bounce
from kiwoomweb.notices.letters import Letter
from kiwoomweb.notices.models import Notice, State
from kiwoomweb.notices.services.bouncing import take_bounce
from kiwoomweb.notices.services.delivering import deliver_due
from kiwoomweb.notices.services.posting import post

BOUNCE = """From: MAILER-DAEMON@example.com
To: journal@kiwoomweb.test
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; gone@example.com
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <gone@example.com>:
    User unknown

--b
Content-Type: text/rfc822-headers

Message-ID: <{number}>
Subject: x

--b--
"""


def test_a_bounce_is_read_and_other_mail_is_not() -> None:
    read = read_bounce(BOUNCE.format(action="failed", number="n@k").encode())
    assert (read.message_id, read.delivered) == ("n@k", False)
    assert read.words == "5.1.1 550 5.1.1 <gone@example.com>: User unknown"
    assert read_bounce(BOUNCE.format(action="delayed", number="n@k").encode()) is None
    nobody = BOUNCE.format(action="failed", number="").encode()
    assert [read_bounce(other) for other in (b"", b"\xff\x00", b"Subject: hello\n\nhi", nobody)] == [None] * 4


@pytest.mark.django_db
def test_a_letter_that_came_back_is_shown_to_its_owner_once(mail_server, owner) -> None:
    row = post(Letter("gone@example.com", "하루 보고", "x", "k", user=owner.user))
    deliver_due()
    raw = BOUNCE.format(action="failed", number=row.message_id).encode()
    assert [take_bounce(raw).pk, take_bounce(raw).pk] == [row.pk, row.pk]
    row.refresh_from_db()
    assert (row.state, "User unknown" in row.answer) == (State.REFUSED, True)
    assert Notice.objects.filter(user=owner.user, kind="delivery").count() == 1
    assert take_bounce(BOUNCE.format(action="failed", number="nobody@k").encode()) is None
