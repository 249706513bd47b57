"""What only the socket knows: asked through the process that holds it, never over a second one."""

from types import SimpleNamespace

import pytest
import redis
from channels.db import database_sync_to_async

from kiwoomweb.access.models import BrokerReply
from kiwoomweb.broker.errors import NothingHeard
from market import door
from market.door import LineSilent
from market.models import Answered
from tests.market.explorer.test_asking import text
from tests.market.explorer.test_further import ticket
from tests.market.test_line import connected, exchange, line_of, running_line, until

__all__ = ["connected", "exchange"]

TICK = {
    "type": "0B",
    "name": "주식체결",
    "item": "005930",
    "values": {"20": "093015", "10": "-72400", "15": "-7"},
}


@pytest.fixture
def answers(monkeypatch):
    """What the socket says to each kind of question; an exception is raised. ``asked`` are those put."""
    told = {"asked": []}

    def ask(account, question):
        told["asked"].append(dict(question))
        answer = told[question["trnm"]]
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(door, "ask", ask)
    return told


@pytest.mark.django_db
def test_the_searches_are_listed(viewer, account, answers):
    answers["CNSRLST"] = {"data": [["0", "돌파"], ["1", "눌림목"]], "seq": "", "cont_yn": "", "next_key": ""}
    page = text(viewer.post(f"/a/{account.code}/tr/ka10171/"))
    assert "돌파" in page
    assert "눌림목" in page
    assert Answered.objects.filter(account=account, tr="ka10171").exists()
    assert BrokerReply.objects.get().tr == "ka10171"  # kept like every answer


@pytest.mark.django_db
def test_a_search_is_run_and_its_next_page_asked_in_the_body(viewer, account, answers):
    row = {"9001": "A005930", "302": "삼성전자", "10": "000072400", "12": "000001500"}
    answers["CNSRREQ"] = {"data": [row], "seq": "1", "cont_yn": "Y", "next_key": "more"}
    form = {"seq": "1", "search_type": "0", "stex_tp": "K"}
    page = text(viewer.post(f"/a/{account.code}/tr/ka10172/", form))
    assert "72,400" in page
    assert 'symbols/005930/"' in page
    viewer.post(f"/a/{account.code}/tr/ka10172/more/", {"ticket": ticket(page)})
    assert answers["asked"][-1] == {"trnm": "CNSRREQ", **form, "cont_yn": "Y", "next_key": "more"}


@pytest.mark.django_db
def test_the_form_offers_the_searches_by_name(viewer, account, answers):
    answers["CNSRLST"] = {"data": [["0", "돌파"]]}
    page = text(viewer.get(f"/a/{account.code}/tr/ka10172/values/seq/?seq=0"))
    assert "0 · 돌파" in page


@pytest.mark.django_db
def test_a_realtime_type_shows_its_fields_and_the_next_entry_with_their_meaning(viewer, account, answers):
    path = f"/a/{account.code}/tr/0B/"
    assert "체결시간" in text(viewer.get(path))
    answers["SAMPLE"] = {"data": [TICK]}
    page = text(viewer.post(path, {"item": "005930"}))
    assert answers["asked"] == [{"trnm": "SAMPLE", "type": "0B", "item": "005930"}]
    assert "09:30:15" in page
    assert '<dd class="fall">72,400' in page
    assert '<dd class="fall">7' in page  # the seller came to the buyer


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", [LineSilent("nobody"), NothingHeard("nothing")])
def test_a_socket_that_is_shut_or_silent_is_told_and_the_form_stays(viewer, account, answers, trouble):
    answers["SAMPLE"] = trouble
    page = text(viewer.post(f"/a/{account.code}/tr/0B/", {"item": "000660"}))
    assert str(trouble.notice) in page
    assert 'value="000660"' in page


@pytest.mark.django_db
def test_an_item_that_is_none_is_told_before_anybody_listens(viewer, account, answers):
    page = viewer.post(f"/a/{account.code}/tr/0B/", {"item": "삼성"})
    assert page.status_code == 422
    assert answers["asked"] == []


@pytest.mark.django_db
def test_without_the_stream_process_the_page_answers_at_once(viewer, connected, valkey):
    page = text(viewer.post(f"/a/{connected.code}/tr/ka10171/"))
    assert str(LineSilent.notice) in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quiet_end")
async def test_a_member_hears_the_next_trade_over_the_account_s_own_socket(viewer, connected, exchange, valkey):
    """Nobody follows the symbol but for this moment, and the session is the one that was there before."""
    post = database_sync_to_async(viewer.post, thread_sensitive=False)
    async with running_line(line_of(connected)) as line:
        await until(lambda: line.feed.state == "live" and is_open(connected, valkey))
        page = text(await post(f"/a/{connected.code}/tr/0B/", {"item": "005930"}))
        assert "한 건을 들었습니다" in page
        assert "체결시간" in page
        assert line.feed.state == "live"
        assert ("0B", "005930") not in line.stream.registrations.wanted
        listed = text(await post(f"/a/{connected.code}/tr/ka10171/"))
        assert "조건검색식 명" in listed


def is_open(account, valkey):
    """Whether the one who holds the socket has opened the door."""
    with redis.Redis.from_url(valkey) as client:
        return bool(client.exists(f"live:{account.code}:open"))


@pytest.mark.django_db
def test_each_type_the_broker_confirms_is_noted_once(account, monkeypatch):
    """A later look notes only what has been confirmed since, until it is time to note everything anew."""
    noted = []
    line = line_of(account)
    line.stream = SimpleNamespace(registrations=SimpleNamespace(confirmed={("0B", "005930"), ("0B", "000660")}))
    monkeypatch.setattr(line, "_note", noted.append)
    monkeypatch.setattr(line, "_do", lambda _job: None)
    line._note_types()
    line.stream.registrations.confirmed |= {("00", "")}
    line._note_types()
    line._note_types()
    assert noted == [{"0B"}, {"00"}]
