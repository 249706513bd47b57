"""Working together: comments, mentions, reviews and the weekly meeting. Strangers first."""

from datetime import date, timedelta

import pytest

from kiwoomweb.access.models import Grant, Membership
from kiwoomweb.access.models.grant import NO_ACCESS
from kiwoomweb.access.roles import Role
from kiwoomweb.notices.models import Notice
from portfolio.models import ActionItem, Comment, CommentVersion, Meeting, ReviewRequest, Trade
from portfolio.selectors.together.agenda import agenda_of
from portfolio.services.together import talking
from tests.people import make_person
from tests.portfolio.stats.making import MONDAY, trades

WEEK = MONDAY


@pytest.fixture
def traded(account):
    """A week with a win, a leak, and a small loss; one trade of the week after."""
    trades(
        account,
        "0 09:05-09:35 005930 10@10000-11000",
        "1 09:05-09:35 000660 10@20000-15000",
        "2 09:05-09:35 035420 10@10000-9990",
        "7 09:05-09:35 005930 10@10000-12000",
    )
    return account


@pytest.fixture
def mentor(team):
    return make_person("Hana", team, Role.MENTOR)


def trade(n: int) -> Trade:
    return Trade.objects.order_by("opened_day", "pk")[n]


def told(person, kind: str) -> list[str]:
    return list(Notice.objects.filter(user=person.user, kind=kind).values_list("title", flat=True))


def test_strangers_and_viewers_read_and_write_no_comment(stranger, viewer, mentor, traded):
    one = trade(0)
    mentor.post(f"/a/{traded.code}/talk/trade.{one.pk}/", {"text": "좋은 자리"})
    comment = Comment.objects.get()
    for person in (stranger, viewer):
        assert person.get(f"/a/{traded.code}/talk/trade.{one.pk}/").status_code == 404
        assert person.post(f"/a/{traded.code}/talk/trade.{one.pk}/", {"text": "x"}).status_code == 404
        assert person.post(f"/a/{traded.code}/comments/{comment.pk}/", {"text": "x"}).status_code == 404
    assert Comment.objects.count() == 1


def test_another_teams_trade_and_nonsense_are_nothing_to_talk_about(stranger, strangers_account, traded):
    for about in (f"trade.{trade(0).pk}", "trade.999999", "trade.x", "2026-13-01", "nothing"):
        assert stranger.get(f"/a/{strangers_account.code}/talk/{about}/").status_code == 404


def test_a_mentor_comments_and_who_is_named_is_told_once(mentor, owner, trader, viewer, traded):
    address = f"/a/{traded.code}/talk/trade.{trade(0).pk}/"
    page = mentor.post(address, {"text": "@Jun 손절은? @Vera @nobody <b>"}, HTTP_HX_REQUEST="true")
    assert "<b>@Jun</b>" in page.content.decode() and "&lt;b&gt;" in page.content.decode()
    assert len(told(trader, "mention")) == 1
    assert told(viewer, "mention") == told(mentor, "mention") == []
    trader.post(address, {"text": "늦었습니다"})
    assert len(told(mentor, "comment")) == 1 and told(trader, "comment") == []
    comment = Comment.objects.first()
    mentor.post(f"/a/{traded.code}/comments/{comment.pk}/", {"text": "@Jun @Minji 다시"})
    assert len(told(trader, "mention")) == 1 and len(told(owner, "mention")) == 1


def test_only_its_author_changes_a_comment_and_what_it_said_stays(mentor, owner, traded):
    mentor.post(f"/a/{traded.code}/talk/{WEEK}/", {"text": "처음"})
    comment = Comment.objects.get()
    address = f"/a/{traded.code}/comments/{comment.pk}/"
    assert owner.post(address, {"text": "남의 글"}).status_code == 422
    assert owner.post(f"{address}remove/").status_code == 422
    mentor.post(address, {"text": "나중"})
    assert CommentVersion.objects.get().text == "처음"
    assert "처음" in owner.get(f"{address}before/").content.decode()
    mentor.post(f"{address}remove/")
    assert "나중" not in owner.get(f"/a/{traded.code}/talk/{WEEK}/").content.decode()
    assert Comment.objects.get().text == "나중"
    assert owner.post(address, {"text": "x"}).status_code == 404


def test_a_private_note_is_read_by_its_author_alone(mentor, owner, trader, traded):
    address = f"/a/{traded.code}/talk/{WEEK}/"
    mentor.post(address, {"text": "@Jun 나만 아는 생각", "private": "yes"})
    assert "나만 아는" in mentor.get(address).content.decode()
    assert "나만 아는" not in owner.get(address).content.decode()
    assert told(trader, "mention") == []
    assert owner.get(f"/a/{traded.code}/comments/{Comment.objects.get().pk}/before/").status_code == 404


@pytest.mark.parametrize("text", ["", "  \x00 ", "가" * (talking.LONGEST + 1)])
def test_what_cannot_be_kept_is_told_and_stays_in_the_box(mentor, traded, text):
    page = mentor.post(f"/a/{traded.code}/talk/{WEEK}/", {"text": text}, HTTP_HX_REQUEST="true")
    assert page.status_code == 422 and 'role="alert"' in page.content.decode()
    assert text.strip("\x00 ") in page.content.decode() and not Comment.objects.exists()


def test_a_review_is_asked_for_and_given_by_who_was_asked_once(mentor, trader, owner, traded):
    key = f"trade.{trade(1).pk}"
    asked = {"of": str(mentor.user.pk), "words": "손절이 늦었나요"}
    trader.post(f"/a/{traded.code}/talk/{key}/ask/", asked)
    trader.post(f"/a/{traded.code}/talk/{key}/ask/", asked)
    request = ReviewRequest.objects.get()
    assert len(told(mentor, "review")) == 1
    assert "손절이 늦었나요" in mentor.get(f"/a/{traded.code}/reviews/").content.decode()
    address = f"/a/{traded.code}/reviews/{request.pk}/"
    marks = dict.fromkeys(("plan", "entry", "size", "exit", "mind"), "4")
    assert owner.post(address, marks).status_code == 422
    assert mentor.post(address, {**marks, "mind": "6"}).status_code == 422
    mentor.post(address, {**marks, "remark": "계획대로 나오세요"})
    request.refresh_from_db()
    assert (request.done_by, request.exit) == (mentor.user, 4)
    assert mentor.post(address, marks).status_code == 422
    assert len(told(trader, "review")) == 1
    assert "계획대로 나오세요" in trader.get(f"/a/{traded.code}/talk/{key}/").content.decode()


@pytest.mark.parametrize("who", ["viewer", "trader", "stranger"])
def test_who_cannot_comment_here_is_not_asked_for_a_review(who, trader, traded, request):
    of = request.getfixturevalue(who).user.pk
    answer = trader.post(f"/a/{traded.code}/talk/{WEEK}/ask/", {"of": str(of)})
    assert answer.status_code == 422 and not ReviewRequest.objects.exists()


def test_the_agenda_is_made_of_the_week(owner, traded):
    agenda = agenda_of(traded, WEEK, owner.user)
    assert {item.trade.symbol: item.why for item in agenda.items} == {"005930": ("win",), "000660": ("leak",)}
    assert agenda_of(traded, WEEK + timedelta(days=14), owner.user).items == ()


def test_a_vote_that_differs_makes_a_trade_disputed(owner, mentor, viewer, traded):
    small = trade(2)
    address = f"/a/{traded.code}/meeting/{WEEK}/trades/{small.pk}/"
    assert viewer.post(address, {"side": "again"}).status_code == 404
    assert owner.post(address, {"side": "sometimes"}).status_code == 422
    for person, side in ((owner, "again"), (owner, "never"), (mentor, "change")):
        person.post(address, {"side": side})
    item = next(item for item in agenda_of(traded, WEEK, owner.user).items if item.trade == small)
    assert item.why == ("disputed",) and item.mine == "never" and sum(item.votes.values()) == 2


def test_nobody_writes_over_anothers_minutes(owner, mentor, viewer, traded):
    address = f"/a/{traded.code}/meeting/{WEEK}/minutes/"
    owner.post(address, {"text": "주인의 글", "version": "0"})
    page = mentor.post(address, {"text": "멘토의 글", "version": "0"})
    assert page.status_code == 422
    assert "주인의 글" in page.content.decode() and "멘토의 글" in page.content.decode()
    assert Meeting.objects.get().minutes == "주인의 글"
    assert viewer.post(address, {"text": "x", "version": "1"}).status_code == 404
    assert "주인의 글" in viewer.get(f"/a/{traded.code}/meeting/{WEEK}/").content.decode()


def test_what_is_to_be_done_comes_back_next_week_until_it_is_done(owner, trader, traded):
    base = f"/a/{traded.code}/meeting/{WEEK}/actions/"
    owner.post(base, {"text": "손절 먼저 적기", "owner": str(trader.user.pk)})
    assert owner.post(base, {"text": " "}).status_code == 422
    action = ActionItem.objects.get()
    later = WEEK + timedelta(days=7)
    assert [one.pk for one in agenda_of(traded, later, owner.user).returned] == [action.pk]
    assert "손절 먼저 적기" in trader.get(f"/a/{traded.code}/meeting/{later}/").content.decode()
    trader.post(f"/a/{traded.code}/meeting/{later}/actions/{action.pk}/", {"state": "done"})
    action.refresh_from_db()
    assert (action.state, action.ended_by) == ("done", trader.user)


def test_a_week_begins_on_its_monday(owner, traded):
    answer = owner.get(f"/a/{traded.code}/meeting/{WEEK + timedelta(days=3)}/")
    assert answer.status_code == 302 and answer["Location"].endswith(f"/meeting/{WEEK}/")
    assert owner.get(f"/a/{traded.code}/meeting/").status_code == 302
    assert date.fromisoformat(str(WEEK)).weekday() == 0


def test_the_desk_shows_members_and_what_they_risk_but_no_account_one_does_not_see(
    manager, viewer, stranger, traded, live_account
):
    team = traded.team
    assert stranger.get(f"/t/{team.code}/desk/").status_code == 404
    assert viewer.get(f"/t/{team.code}/desk/").status_code == 200
    mira = Membership.objects.get(user=manager.user)
    Grant.objects.create(membership=mira, account=live_account, role=NO_ACCESS)
    page = manager.get(f"/t/{team.code}/desk/").content.decode()
    assert traded.name in page and live_account.masked_number not in page
