"""The table of limits in the README is what the product does: each tried at its bound and one beyond."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as live
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from kiwoomweb.access.hardening.rates import Buckets
from kiwoomweb.access.models import Account, Membership, Proof
from kiwoomweb.access.patience import RATES
from kiwoomweb.access.roles import Role
from kiwoomweb.access.selectors.proofs import proved_within
from kiwoomweb.access.services import inviting
from market.conversation import LONGEST as MESSAGE
from market.hub import MOST_PAGES, MOST_TOPICS
from orders.services import deciding, limiting
from portfolio.models import ReportPlan
from portfolio.services import noting
from portfolio.services.attaching import limits as attached
from portfolio.services.reporting.planning import make
from portfolio.services.together import talking
from tests.people import Person

pytestmark = pytest.mark.security("S-61", asvs=["2.1.3", "2.3.2"])
ROW = re.compile(r"^\| ([^|]+?) \| ([\d,]+) \|$", re.MULTILINE)


def documented(readme: str, heading: str) -> dict[str, int]:
    text = (Path(live.BASE_DIR) / readme).read_text(encoding="utf-8")
    part = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return {what: int(number.replace(",", "")) for what, number in ROW.findall(part)}


TABLE = documented("README.md", "Limits")


def refuses(work: Callable[[], Any], *errors: type[Exception]) -> bool:
    """Whether it says no, by one of these; anything else fails the test."""
    try:
        work()
    except errors:
        return True
    return False


def password(length: int) -> bool:
    letters = "mNq8vXw2Lr" * 20
    return not refuses(lambda: validate_password(letters[:length]), ValidationError)


#: What is only a number in the code that the other tests try; here the two must be one.
SAME = {
    "live pages of a person in one process": MOST_PAGES,
    "topics of a live page": MOST_TOPICS,
    "characters of a message on a live page's socket": MESSAGE,
    "megabytes of an attached file": attached.LARGEST // 1024 // 1024,
    "seconds a decided order waits to leave": deciding.TTL.seconds,
    "minutes an order waits for a second person": deciding.APPROVAL_TTL.seconds // 60,
    "hours before a looser limit of a real account acts, at least": limiting.DELAY // timedelta(hours=1),
    "wrong codes or passwords of a stranger in five minutes": int(
        re.findall(r"(\d+)/300s/key", RATES["login_stranger"])[0]
    ),
}
TRIED = {
    "characters of a password, at least": lambda n: password(n) and not password(n - 1),
    "characters of a password": lambda n: password(n) and not password(n + 1),
    "characters of a comment": lambda n: (
        talking._readable("x" * n) and refuses(lambda: talking._readable("x" * (n + 1)), talking.Refused)
    ),
    "requests of a person at once": lambda n: bucket(live.RATE_PERSON, n),
    "requests of a visitor at once": lambda n: bucket(live.RATE_VISITOR, n),
}
IN_THE_DATABASE = {
    "characters of a note",
    "report plans of an account",
    "minutes a link to join lasts",
    "minutes a proof of who one is lasts",
}


def bucket(rate: tuple[int, float], most: int) -> bool:
    """As the settings of the product have it; tests have wider ones."""
    text = (Path(live.BASE_DIR) / "kiwoomweb" / "settings.py").read_text(encoding="utf-8")
    rates = re.findall(r"RATE_PERSON, RATE_VISITOR = \((\S+), \S+\), \((\S+), \S+\)", text)
    burst = {int(one.replace("_", "")) for one in rates[0]}
    buckets = Buckets()
    waits = [buckets.take("somebody", most, 1.0, 0) for _turn in range(most + 1)]
    return most in burst and not any(waits[:most]) and waits[most] > 0


def test_both_readmes_say_the_same_and_every_line_is_tried() -> None:
    assert list(documented("README.ko.md", "한도").values()) == list(TABLE.values())
    assert TABLE.keys() == SAME.keys() | TRIED.keys() | IN_THE_DATABASE
    assert {what: SAME[what] for what in SAME} == {what: TABLE[what] for what in SAME}


@pytest.mark.parametrize("what", TRIED)
def test_the_last_one_is_taken_and_the_next_refused(what: str) -> None:
    assert TRIED[what](TABLE[what])


@pytest.mark.django_db
def test_links_and_proofs_last_so_long_and_not_a_second_longer(owner: Person, team: Any) -> None:
    by, now = Membership.objects.get(user=owner.user), timezone.now()
    minutes = timedelta(minutes=TABLE["minutes a link to join lasts"])
    proof = timedelta(minutes=TABLE["minutes a proof of who one is lasts"])
    Proof.objects.all().delete()
    with time_machine.travel(now, tick=False):
        _invitation, token = inviting.invite(by, "new@example.com", Role.VIEWER)
        Proof.objects.create(user=owner.user, session_hash="mine", method="password", at=timezone.now())
    second = timedelta(seconds=1)
    with time_machine.travel(now + proof - second, tick=False):
        assert proved_within(owner.user, session_hash="mine") is not None
    with time_machine.travel(now + proof + second, tick=False):
        assert proved_within(owner.user, session_hash="mine") is None
    with time_machine.travel(now + minutes - second, tick=False):
        assert inviting.found(token)
    with time_machine.travel(now + minutes + second, tick=False):
        assert refuses(lambda: inviting.found(token), inviting.LinkSpent)


@pytest.mark.django_db
def test_notes_and_plans_have_room_for_so_much(owner: Person, account: Account) -> None:
    most = TABLE["report plans of an account"]
    plans = [
        ReportPlan(account=account, owner=owner.user, kind="week", every="week", code=f"p{n}")
        for n in range(most)
    ]
    ReportPlan.objects.bulk_create(plans[1:])
    wish = {"kind": "week", "every": "week"}
    assert make(owner.user, account, wish) is not None
    assert make(owner.user, account, wish) is None
    longest, path = TABLE["characters of a note"], f"/a/{account.code}/notes/2026-11-20.review/save/"
    assert longest == noting.LONGEST
    fits = owner.post(path, {"text": "가" * longest, "version": "0"}, HTTP_HX_REQUEST="true")
    over = owner.post(path, {"text": "나" * (longest + 1), "version": "1"}, HTTP_HX_REQUEST="true")
    assert (fits.status_code, over.status_code) == (200, 422)
