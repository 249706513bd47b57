"""An order that moved under the reader's eyes, and a real order whose proof is asked for in its own dialog."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.access.models.proof import Method, Proof
from kiwoomweb.broker.domain import Side
from orders.models import Intent
from orders.presenting.costs import costs_of
from orders.selectors.possession import Possession
from orders.services.comparing import insist_it_is_as_seen
from orders.states import State
from orders.tickets import Kind, Ticket
from tests.people import Person

pytestmark = pytest.mark.django_db

NUMBER = "0000139"
CHANGE = {
    "kind": "modify",
    "symbol": "005930",
    "side": "buy",
    "quantity": "",
    "price": "71000",
    "target_no": NUMBER,
}
PLACE = {"kind": "place", "symbol": "005930", "side": "buy", "quantity": "10", "price": "71200"}
HTMX = {"HX-Request": "true"}


def waiting(account: Account, **columns: Any) -> Intent:
    """An order of ten shares at 71,200 that waits at the broker."""
    ticket = Ticket(Kind.PLACE, "005930", "buy", 10, price=71_200)  # type: ignore[arg-type]
    now = timezone.now()
    known: dict[str, Any] = {
        "account": account,
        "environment": account.environment,
        "key": "the-first-order",
        "payload_sha256": ticket.digest,
        "ticket_json": ticket.as_json(),
        "kind": "place",
        "symbol": "005930",
        "side": "buy",
        "quantity": 10,
        "remaining": 10,
        "price": 71_200,
        "order_kind": "limit",
        "venue": "KRX",
        "order_no": NUMBER,
        "day": date(2026, 11, 20),
        "state": State.WORKING,
        "made_at": now,
        "state_at": now,
        "expires_at": now,
        "version": 4,
    }
    return Intent.objects.create(**known | columns)


def changing(trader: Person, account: Account, headers: dict[str, str], **seen: str) -> Any:
    told = {**CHANGE, "key": "k" * 36, "target_version": "3", "target_remaining": "10", "target_price": "71200"}
    return trader.post(f"/a/{account.code}/orders/decide/", told | seen, headers=headers)


def test_an_order_that_filled_further_meanwhile_is_shown_and_asked_about_again(
    trader: Person, account: Account
) -> None:
    waiting(account, remaining=7, filled=3, state=State.PARTIAL)
    reply = changing(trader, account, HTMX)
    text = reply.content.decode()
    assert reply.status_code == 409
    assert "10주에서 7주로" in text
    assert "<confirm-order" in text and 'name="target_version" value="4"' in text
    assert 'name="target_remaining" value="7"' in text
    assert Intent.objects.count() == 1  # nothing was recorded: the key is still free


def test_one_that_somebody_else_has_repriced_too(trader: Person, account: Account) -> None:
    waiting(account, price=71_300)
    assert "71,200원에서 71,300원으로" in changing(trader, account, HTMX).content.decode()


@pytest.mark.parametrize(
    ("state", "words"), [(State.FILLED, "모두 체결되어"), (State.CANCELLED, "정정할 수 없습니다")]
)
def test_one_that_has_ended_is_not_asked_about_again(trader: Person, account: Account, state, words) -> None:
    waiting(account, state=state, remaining=0)
    reply = changing(trader, account, HTMX)
    assert (reply.status_code, words in reply.content.decode()) == (409, True)
    assert "<confirm-order" not in reply.content.decode()
    assert changing(trader, account, {}).status_code == 409


def test_bookkeeping_is_no_change_and_a_cancellation_is_never_late(trader: Person, account: Account) -> None:
    target = waiting(account)
    changing(trader, account, HTMX)
    assert Intent.objects.count() == 2
    told = {"target_no": NUMBER, "target_version": 1, "target_remaining": 9}
    insist_it_is_as_seen(Ticket(Kind.CANCEL, "005930", "buy", 0, **told), target)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "asked", "left", "shown"),
    [
        (State.READY, 0, 10, "disabled"),
        (State.ACCEPTED, 0, 10, "disabled"),
        (State.WORKING, 0, 10, "정정됨"),
        (State.WORKING, 10, 10, "정정됨"),
        (State.FILLED, 0, 10, "정정됨"),
        (State.WORKING, 4, 10, "disabled"),
        (State.WORKING, 4, 6, "open"),
        (State.REJECTED, 0, 10, "open"),
    ],
)
def test_the_old_row_of_a_changed_order_is_not_offered_for_another_change(
    trader: Person, account: Account, *, state: State, asked: int, left: int, shown: str
) -> None:
    """Until the old order tells of it both stand in the list: what is left waits in one of them only."""
    old = waiting(account, remaining=left)
    seen = {"key": "the-change", "kind": "modify", "target": old, "target_no": NUMBER, "price": 71_000}
    waiting(account, **seen, order_no="0000140" * (state is not State.READY), quantity=asked, state=state)
    page = trader.get(f"/a/{account.code}/orders/waiting/").content.decode()
    row = page.split(f'data-no="{NUMBER}"')[1].split("</li>")[0]
    is_gone, is_open = "정정됨" in row, state not in {State.FILLED, State.REJECTED}
    assert is_gone is ("data-cancel" not in row)
    assert ("정정됨" if is_gone else "disabled" if "disabled" in row else "open") == shown
    assert f'data-count="{2 - is_gone - (not is_open)}"' in page


# --- the proof of a real order ------------------------------------------------------------------------------


def send(trader: Person, account: Account, **more: str) -> Any:
    told = {**PLACE, "key": "r" * 36, "last_four": account.number[-4:]} | more
    return trader.post(f"/a/{account.code}/orders/decide/", told, headers=HTMX)


def proved(trader: Person, **bound: Any) -> Proof:
    return Proof.objects.create(
        user=trader.user, session_hash="elsewhere", method=Method.TOTP, at=timezone.now(), **bound
    )


def test_a_real_order_with_a_stale_proof_is_asked_who_is_there_and_not_lost(
    trader: Person, live_account: Account
) -> None:
    reply = send(trader, live_account)
    assert reply["X-Prove"] == "1"
    assert not Intent.objects.exists()  # nothing is recorded, and the same request can be sent again
    assert send(trader, live_account, kind="cancel", target_no=NUMBER).get("X-Prove") is None


def test_a_proof_is_for_this_order_of_this_account_alone_and_once(
    trader: Person, live_account: Account
) -> None:
    ticket = Ticket(Kind.PLACE, "005930", "buy", 10, price=71_200)  # type: ignore[arg-type]
    other = Ticket(Kind.PLACE, "005930", "buy", 11, price=71_200)  # type: ignore[arg-type]
    proved(trader, account=live_account, subject_hash=other.subject)
    assert send(trader, live_account)["X-Prove"] == "1"
    given = proved(trader, account=live_account, subject_hash=ticket.subject)
    assert send(trader, live_account).get("X-Prove") is None
    given.refresh_from_db()
    assert given.spent_at is not None
    assert send(trader, live_account).get("Idempotent-Replayed") == "true"
    assert send(trader, live_account, key="s" * 36)["X-Prove"] == "1"


@pytest.mark.parametrize(
    ("has", "after"), [(Possession(held=0), 71_000), (Possession(held=3, average=70_000), 70_700)]
)
def test_the_holding_after_a_change_of_all_that_is_left_is_told_of_those_shares(
    trader: Person, account: Account, monkeypatch: pytest.MonkeyPatch, has: Possession, after: int
) -> None:
    """No quantity stands for all that is left, of a share of which none may be held yet, too."""
    waiting(account, remaining=7, filled=3, state=State.PARTIAL, day=broker_now(account).date())
    monkeypatch.setattr("orders.presenting.costs.possession_of", lambda *_: has)
    told = costs_of(account, trader.user, Ticket(Kind.MODIFY, "005930", Side.BUY, 0, 71_000, target_no=NUMBER))
    assert told is not None
    assert (told.gross, told.average_after) == (7 * 71_000, after)
