"""Notices on their way: told once, by the channels a person wants, when they want them."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.access.signals import signed_in_from_new_place
from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.models import Channel, Delivery, Habits, Notice, State, Telling
from kiwoomweb.notices.services import bundling, channels, claiming
from kiwoomweb.notices.services.bundling import bundle_due
from kiwoomweb.notices.services.delivering import deliver_due
from kiwoomweb.notices.services.notifying import notify
from kiwoomweb.notices.services.opting import opt_out
from kiwoomweb.notices.services.watching import look
from kiwoomweb.notices.timing import Wishes, due_at
from kiwoomweb.notices.wires import telegram
from tests.notices.web_double import WebDouble, listening

pytestmark = pytest.mark.django_db
TOKEN = "123456789:AAcanary-token-of-thirty-five-letters"


@pytest.fixture
def web(settings):
    settings.NOTICES_LOOPBACK = True
    with listening() as double:
        yield double


@pytest.fixture
def hook(web: WebDouble, owner) -> Channel:
    return channels.add_webhook(owner.user, f"{web.url}/hook?canary=secret")[0]


def tell(person, key: str = "1", kind: str = Kind.MISMATCH, **more) -> None:
    notify(person.user, kind, key, title=f"제목 {key}", text="내용", url="/notices/", **more)


def send() -> None:
    bundle_due()
    deliver_due()


def test_the_same_thing_is_told_once(owner, mail_server) -> None:
    for _ in range(3):
        tell(owner)
    assert Notice.objects.filter(user=owner.user).count() == 1
    assert Telling.objects.count() == 1  # by mail, which a mismatch goes by until somebody chooses otherwise


def test_a_webhook_is_signed_numbered_and_says_what_happened(web, hook, owner) -> None:
    _row, key = channels.add_webhook(owner.user, f"{web.url}/second")
    tell(owner)
    send()
    _path, headers, body = next(one for one in web.asked if one[0] == "/second")
    at, _, mac = headers["X-Kiwoomweb-Signature"].partition(",v1=")
    expected = hmac.new(key.encode(), f"{at.removeprefix('t=')}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(mac, expected)
    said = json.loads(body)
    assert (said["kind"], said["notices"][0]["title"]) == ("mismatch", "제목 1")
    assert headers["X-Kiwoomweb-Delivery"] in Delivery.objects.values_list("message_id", flat=True)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ((204, b"", {}), State.SENT),
        ((302, b"", {"Location": "http://127.0.0.1:1/"}), State.REFUSED),
        ((404, b"", {}), State.REFUSED),
        ((429, b"", {}), State.QUEUED),
        ((503, b"", {}), State.QUEUED),
        ((0, b"", {}), State.QUEUED),
    ],
)
def test_what_a_webhook_answers_decides(answer, state, web, hook, owner) -> None:
    web.answers = [answer]
    tell(owner)
    send()
    row = Delivery.objects.get(channel=hook)
    assert (row.state, len(web.asked)) == (state, 1)
    hook.refresh_from_db()
    assert bool(hook.trouble) == (state != State.SENT)


def test_a_webhook_that_was_cut_off_gets_the_same_number_again(web, hook, owner, at_once) -> None:
    web.answers = [(0, b"", {}), (200, b"", {})]
    tell(owner)
    send()
    numbers = {headers["X-Kiwoomweb-Delivery"] for _, headers, _ in web.asked}
    assert (len(web.asked), len(numbers)) == (2, 1)


def test_nothing_secret_of_a_channel_lies_in_the_open(web, hook) -> None:
    raw = b"".join(bytes(row.address or b"") + bytes(row.secret or b"") for row in Channel.objects.all())
    shown = " ".join(Channel.objects.values_list("shown", flat=True))
    assert b"canary" not in raw
    assert "canary" not in shown
    channels.remove(hook)
    hook.refresh_from_db()
    assert (hook.address, hook.secret) == (None, None)


def test_telegram_is_joined_by_a_code_and_told_without_showing_its_token(web, owner, monkeypatch) -> None:
    monkeypatch.setattr(telegram, "API", web.url)
    updates: list = []

    def answer(path: str, said: dict):
        result = {"getMe": {"username": "minji_bot"}, "getUpdates": updates}.get(path.rpartition("/")[2], {})
        return 200, json.dumps({"ok": True, "result": result}).encode(), {}

    web.answers = [answer]
    assert owner.post("/notices/channels/add/telegram/", {"token": "nonsense"}).status_code == 422
    assert owner.post("/notices/channels/add/telegram/", {"token": TOKEN}).status_code == 302
    bot = Channel.objects.get(way="telegram")
    assert (bot.shown, bot.ready_at) == ("@minji_bot", None)
    path = f"/notices/channels/{bot.code}/"
    owner.post(path, {"to": "look"})
    updates += [{"message": {"text": "/start wrong", "chat": {"id": 6}}}]
    updates += [{"message": {"text": f"/start {bot.code}", "chat": {"id": 7}}}, {"edited_message": {}}]
    owner.post(path, {"to": "look"})
    tell(owner)
    send()
    said = json.loads(web.asked[-1][2])
    assert (said["chat_id"], said["text"].splitlines()[0]) == (7, "제목 1")
    assert "canary" not in owner.get("/notices/channels/").content.decode()
    web.answers = [(0, b"", {})]
    tell(owner, "2")
    send()
    lost = Delivery.objects.filter(channel=bot).first()
    assert (lost.state, "canary" in lost.answer) == (State.UNSURE, False)


def test_a_storm_is_few_messages(web, hook, owner) -> None:
    for number in range(bundling.MOST + 5):
        tell(owner, str(number))
        send()
    assert len(web.asked) == bundling.MOST
    Delivery.objects.update(made_at=timezone.now() - bundling.SPAN * 2)
    bundle_due(timezone.now() + bundling.SPAN * 2)
    deliver_due()
    assert len(json.loads(web.asked[-1][2])["notices"]) == 5
    assert len(web.asked) == bundling.MOST + 1


def test_a_bundle_is_written_once_by_two_workers(web, hook, owner) -> None:
    tell(owner)
    due = list(Telling.objects.filter(channel=hook).select_related("notice", "channel"))
    assert [bundling._bundle(due, timezone.now()) for _ in range(2)] == [True, False]


def test_quiet_hours_and_digests_wait_but_danger_does_not(web, hook, owner) -> None:
    now = timezone.localtime()
    start, end = (now - timedelta(hours=1)).time(), (now + timedelta(hours=2)).time()
    Habits.objects.create(user=owner.user, quiet_from=start, quiet_to=end)
    tell(owner, "calm")
    tell(owner, "danger", Kind.LOSS_LIMIT)
    send()
    assert [json.loads(body)["notices"][0]["key"] for _, _, body in web.asked] == ["danger"]


def test_when_a_notice_may_leave() -> None:
    from datetime import datetime, time

    from kiwoomweb.broker.domain import SEOUL

    def due(wishes: Wishes, clock: str) -> str:
        now = datetime.fromisoformat(f"2026-11-25 {clock}").replace(tzinfo=SEOUL)
        return due_at(now, wishes).strftime("%d %H:%M")

    night = (time(22), time(7))
    assert due(Wishes(), "10:15") == "25 10:15"
    assert due(Wishes("hour"), "10:15") == "25 11:00"
    assert due(Wishes("day", time(18, 30)), "18:31") == "26 18:30"
    assert due(Wishes(quiet=night), "23:10") == "26 07:00"
    assert due(Wishes(quiet=night), "06:59") == "25 07:00"
    assert due(Wishes(quiet=night), "07:00") == "25 07:00"
    assert due(Wishes("hour", quiet=night), "21:30") == "26 07:00"


def test_an_account_that_cannot_be_read_for_a_while_is_told_to_who_keeps_its_keys(
    account, owner, viewer
) -> None:
    since = timezone.now() - timedelta(minutes=6)
    Account.objects.update(trouble_kind="AuthFailed", trouble_sentence="키를 확인하세요.", trouble_since=since)
    look()
    look()
    assert [row.user for row in Notice.objects.filter(kind="failed_sync")] == [owner.user]
    assert owner.get(Notice.objects.get(kind="failed_sync").url).status_code == 200
    Account.objects.update(trouble_since=timezone.now())
    look()
    assert Notice.objects.filter(kind="failed_sync").count() == 1


def test_a_sign_in_from_a_new_place_is_told_at_once(owner, mail_server) -> None:
    Habits.objects.create(user=owner.user, quiet_from="00:00", quiet_to="23:59")
    now = timezone.now()
    signed_in_from_new_place.send(sender=None, user=owner.user, ip="203.0.113.9", agent="Firefox", at=now)
    send()
    assert "203.0.113.9" in Notice.objects.get().text
    assert owner.get(Notice.objects.get().url).status_code == 200
    assert sum(mail_server.taken.values()) == 1
    assert b"List-Unsubscribe" not in mail_server.messages[0]


def test_an_alert_that_rings_goes_by_the_channels_that_want_it(web, hook, owner, account) -> None:
    from market.models import Alert
    from market.services.alerts import ring

    alert = Alert.objects.create(
        account=account, owner=owner.user, kind="price_over", symbol="005930", threshold=71_000
    )
    assert ring(alert, {"value": "71200"}, timezone.now())
    send()
    said = json.loads(web.asked[-1][2])
    assert (said["kind"], said["notices"][0]["text"]) == ("price", "71,200원")


def test_an_execution_goes_by_the_channels_that_want_it(web, hook, owner, account) -> None:
    from market.models import Alert
    from market.services.alerts import ring_fills

    Alert.objects.create(account=account, owner=owner.user, kind="fill", symbol="")
    fill = {"name": "삼성전자", "side": "buy", "size": 10, "price": 71_200}
    assert ring_fills(account.pk, "005930", fill, timezone.now()) == 1
    send()
    assert json.loads(web.asked[-1][2])["kind"] == "fill"


def test_a_days_digest_is_one_message_in_the_evening(web, hook, owner) -> None:
    channels.change(hook, [Kind.MISMATCH], "day")
    for number in range(3):
        tell(owner, str(number))
    send()
    assert web.asked == []
    evening = Telling.objects.filter(channel=hook).latest("due_at").due_at
    bundle_due(evening)
    deliver_due()
    assert [len(json.loads(body)["notices"]) for _path, _headers, body in web.asked] == [3]


def test_pages_of_notices_are_ones_own(owner, viewer, visitor, mail_server) -> None:
    tell(owner)
    send()
    for path in ("/notices/", "/notices/channels/", "/notices/sent/"):
        assert owner.get(path).status_code == 200
        assert visitor.get(path).status_code == 302
    assert "제목 1" in owner.get("/notices/").content.decode()
    assert "제목 1" not in viewer.get("/notices/").content.decode()
    row, mine = Delivery.objects.get(), Channel.objects.get(user=owner.user)
    assert viewer.post(f"/notices/sent/{row.code}/", {"to": "again"}).status_code == 404
    assert viewer.post(f"/notices/channels/{mine.code}/", {"to": "pause"}).status_code == 404
    assert owner.post("/notices/read/", {"up_to": Notice.objects.get().pk}).status_code == 302
    assert Notice.objects.get().read_at is not None


def test_a_channel_is_changed_tested_paused_and_removed(web, hook, owner) -> None:
    path = f"/notices/channels/{hook.code}/"
    owner.post(path, {"to": "save", "kinds": ["price", "gossip"], "digest": "hour"})
    owner.post(path, {"to": "save", "kinds": ["price"], "digest": "hour"})
    hook.refresh_from_db()
    assert (hook.kinds, hook.digest) == (["price"], "hour")
    owner.post(path, {"to": "test"})
    send()
    assert len(web.asked) == 1
    for to in ("pause", "wake", "remove"):
        owner.post(path, {"to": to})
    hook.refresh_from_db()
    assert hook.removed_at is not None
    assert owner.post(path, {"to": "wake"}).status_code == 404


def test_who_has_unsubscribed_is_not_mailed_and_may_come_back(owner, mail_server) -> None:
    opt_out(owner.user.email, "notices")
    tell(owner)
    tell(owner, "door", Kind.NEW_PLACE)
    send()
    assert list(Delivery.objects.values_list("kind", "state")) == [("new_place", State.SENT)]
    assert "수신 거부를 누르셨습니다" in owner.get("/notices/channels/").content.decode()
    owner.post(f"/notices/channels/{Channel.objects.get(user=owner.user).code}/", {"to": "again"})
    tell(owner, "2")
    send()
    assert Delivery.objects.filter(kind="mismatch", state=State.SENT).count() == 1


def test_quiet_hours_need_both_ends(owner) -> None:
    answer = owner.post("/notices/habits/", {"quiet_from": "22:00", "quiet_to": "", "digest_at": "18:30"})
    assert answer.status_code == 422
    same = owner.post("/notices/habits/", {"quiet_from": "22:00", "quiet_to": "22:00", "digest_at": "18:30"})
    assert (same.status_code, "시작과 끝이 같습니다" in same.content.decode()) == (422, True)
    typed = {"quiet_from": "22:00", "quiet_to": "07:00", "digest_at": "18:30"}
    assert owner.post("/notices/habits/", typed).status_code == 302
    assert "22:00" in owner.get("/notices/channels/").content.decode()


def test_an_address_inside_is_refused_with_a_reason(owner) -> None:
    for url, words in (("https://169.254.169.254/latest", "내부망"), ("http://x.example.com", "https://")):
        answer = owner.post("/notices/channels/add/webhook/", {"url": url})
        assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_an_address_that_came_to_lead_inside_is_not_reached(owner, monkeypatch) -> None:
    import socket

    channels.add_webhook(owner.user, "https://hooks.example.com/x")
    rows = [(0, 0, 0, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    tell(owner)
    send()
    row = Delivery.objects.get(way="webhook")
    assert (row.state, "내부망" in row.answer) == (State.REFUSED, True)


def test_what_is_unsure_is_sent_again_by_a_person(mail_server, owner) -> None:
    from kiwoomweb.operation.drills.mail.server import Fault

    mail_server.script = lambda: Fault("dot", "cut")
    tell(owner)
    send()
    row = Delivery.objects.get()
    assert row.state == State.UNSURE
    assert "도착하지 않았으면" in owner.get("/notices/sent/").content.decode()
    mail_server.script = lambda: None
    owner.post(f"/notices/sent/{row.code}/", {"to": "again"})
    deliver_due()
    row.refresh_from_db()
    assert (row.state, mail_server.taken[row.message_id]) == (State.SENT, 1)
    assert claiming.claim(("mail",)) is None
