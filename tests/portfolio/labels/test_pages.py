"""The pages of the list, reviews, filters and labels: strangers first, then what people do there."""

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from portfolio.models import (
    Book,
    BulkEdit,
    HoldingEvent,
    LabelChange,
    Review,
    Rule,
    SavedFilter,
    Tag,
    TagGroup,
    Trade,
    TradeTag,
)
from tests.people import Person
from tests.portfolio.labels.trading import carry, label, open_trade, trade

SCRIPT = "<script>alert(1)</script>"
FORMULA = "=HYPERLINK(1)"


def at(account: Account, rest: str = "trades/") -> str:
    return f"/a/{account.code}/{rest}"


def part(person: Person, address: str, name: str) -> str:
    """What htmx gets when somebody reaches for a part that the page left out."""
    answer = person.get(address, headers={"HX-Request": "true", "HX-Target": name})
    if answer.status_code != 200:
        return ""
    assert "HX-Target" in answer.headers["Vary"]
    return answer.content.decode()


PAGES = ("trades/", "trades/queue/", "labels/")


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_finds_no_such_account(stranger: Person, account: Account, page: str) -> None:
    assert stranger.get(at(account, page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_viewer_sees_and_is_offered_no_change(viewer: Person, account: Account, page: str) -> None:
    trade(account)
    seen = viewer.get(at(account, page))
    assert seen.status_code == 200
    assert b"trades/bulk/" not in seen.content
    assert b"labels/start/" not in seen.content


@pytest.mark.parametrize(
    "path", ["trades/bulk/", "trades/events/", "labels/change/", "labels/start/", "trades/1/review/"]
)
def test_a_viewer_changes_nothing(viewer: Person, account: Account, path: str) -> None:
    assert viewer.post(at(account, path), {}).status_code == 404


def test_the_list_shows_trades_with_their_labels(trader: Person, account: Account) -> None:
    one, tag = trade(account, 0, 412_300), label(account, SCRIPT[:40])
    carry(one, tag)
    page = trader.get(at(account)).content.decode()
    assert "412,300" in page
    assert "삼성전자" in page
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


def test_rates_of_few_trades_are_grey_and_say_how_few(viewer: Person, account: Account) -> None:
    made = [trade(account, -1) for _ in range(19)]
    listed = viewer.get(at(account, "trades/?result=win")).content.decode()
    assert f"표본 부족 ({len(made)}/20)" in listed
    assert listed.count('class="card kpi few"') == 2
    trade(account, -1)
    assert "표본 부족" not in viewer.get(at(account, "trades/?result=win")).content.decode()


def test_an_empty_account_and_an_empty_answer_say_so(trader: Person, account: Account) -> None:
    assert "아직 거래가 없습니다" in trader.get(at(account)).content.decode()
    trade(account)
    assert "이 조건에 맞는 거래가 없습니다" in trader.get(at(account) + "?result=loss").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "state=x",
        "sort=%01",
        "after=abc",
        "after=999999999999999999999",
        "before=7",
        "tag=%01",
        "q=%01%27",
        "first=x",
    ],
)
def test_nonsense_in_the_address_is_no_error(trader: Person, account: Account, query: str) -> None:
    trade(account)
    assert trader.get(f"{at(account)}?{query}").status_code == 200


def test_what_was_not_understood_is_told(trader: Person, account: Account) -> None:
    page = trader.get(at(account) + "?state=" + SCRIPT).content.decode()
    assert "알 수 없는 조건" in page
    assert SCRIPT not in page


def test_the_list_turns_its_pages_and_keeps_the_filter(trader: Person, account: Account) -> None:
    for n in range(60):
        trade(account, n % 5, n + 1)
    page = trader.get(at(account) + "?state=closed&sort=-net").content.decode()
    last = Trade.objects.get(net=11).pk
    assert f"state=closed&amp;sort=-net&amp;after={last}" in page
    beyond = trader.get(at(account) + f"?state=closed&sort=-net&after={last}").content.decode()
    assert beyond.count("data-trade=") == 10


def test_parts_left_out_of_the_page_come_when_somebody_reaches_for_them(
    trader: Person, viewer: Person, stranger: Person, account: Account
) -> None:
    trade(account)
    mine = label(account, "돌파")
    page = trader.get(at(account)).content.decode()
    for name, told in (
        ("filter-form", f'name="tag" value="{mine.pk}"'),
        ("saved-filters", "조건을 고르면"),
        ("bulk-edit", f'value="put:{mine.pk}"'),
        ("holding-events", 'name="numerator"'),
    ):
        assert f'id="{name}"' in page
        assert told not in page
        assert told in part(trader, at(account), name)
        assert f'id="{name}"' in part(trader, at(account), name)
        assert part(stranger, at(account), name) == ""
    assert 'name="tag"' in part(viewer, at(account, "stats/"), "filter-form")
    for name in ("bulk-edit", "holding-events"):
        assert "<form" not in part(viewer, at(account), name)


def test_a_filter_is_saved_renamed_and_removed(trader: Person, manager: Person, account: Account) -> None:
    trader.post(at(account, "trades/filters/"), {"name": " 진 것 ", "query": "result=loss&period=1m&x=1"})
    kept = SavedFilter.objects.get()
    assert (kept.name, kept.query) == ("진 것", "period=1m&result=loss")
    assert "진 것" in part(trader, at(account), "saved-filters")
    assert "진 것" not in part(manager, at(account), "saved-filters")
    assert "★ 진 것" in trader.get(at(account) + "?period=1m&result=loss").content.decode()
    assert manager.post(at(account, f"trades/filters/{kept.pk}/"), {"do": "remove"}).status_code == 404
    trader.post(at(account, f"trades/filters/{kept.pk}/"), {"name": "한 달 손실"})
    trader.post(at(account, f"trades/filters/{kept.pk}/"), {"do": "remove"})
    kept.refresh_from_db()
    assert kept.name == "한 달 손실"
    assert kept.removed_at is not None


@pytest.mark.parametrize(
    "told", [{"name": "", "query": "state=open"}, {"name": "빈 것", "query": "nonsense=1"}]
)
def test_a_filter_without_name_or_condition_is_refused(
    trader: Person, account: Account, told: dict[str, str]
) -> None:
    trader.post(at(account, "trades/filters/"), told)
    assert not SavedFilter.objects.exists()


def test_after_saving_nobody_is_sent_elsewhere(trader: Person, account: Account) -> None:
    told = {"name": "열린", "query": "state=open", "next": "https://evil.example/"}
    assert trader.post(at(account, "trades/filters/"), told)["Location"] == at(account)
    told["next"] = "//evil.example/"
    assert trader.post(at(account, "trades/filters/"), told)["Location"] == at(account)


def test_many_trades_are_tagged_and_the_edit_is_taken_back(trader: Person, account: Account) -> None:
    tag, trades = label(account, "뉴스"), [trade(account, n) for n in range(3)]
    carry(trades[0], tag)
    told = {"do": f"put:{tag.pk}", "all": "1", "query": "state=closed"}
    trader.post(at(account, "trades/bulk/"), told)
    edit = BulkEdit.objects.get()
    assert edit.trades == 2
    assert TradeTag.objects.count() == 3
    TradeTag.objects.filter(trade=trades[2]).delete()
    trader.post(at(account, f"trades/{trades[1].pk}/review/"), {"shown": str(tag.pk), "version": "1"})
    trader.post(at(account, f"trades/{trades[1].pk}/review/"), {"tag": str(tag.pk), "version": "2"})
    trader.post(at(account, f"trades/bulk/{edit.pk}/undo/"))
    assert set(TradeTag.objects.values_list("trade", flat=True)) == {trades[0].pk, trades[1].pk}
    trader.post(at(account, f"trades/bulk/{edit.pk}/undo/"))
    assert TradeTag.objects.count() == 2


def test_ticked_trades_get_a_setup_and_are_marked_reviewed(trader: Person, account: Account) -> None:
    setup, one, two = label(account, "돌파", "setup"), trade(account), trade(account)
    trader.post(at(account, "trades/bulk/"), {"do": f"setup:{setup.pk}", "trade": [str(one.pk)]})
    trader.post(at(account, "trades/bulk/"), {"do": "reviewed", "trade": [str(one.pk), str(two.pk)]})
    assert [review.setup for review in Review.objects.order_by("trade")] == [setup, None]
    assert Review.objects.filter(reviewed_at=None).count() == 0
    trader.post(at(account, f"trades/bulk/{BulkEdit.objects.latest('pk').pk}/undo/"))
    assert Review.objects.exclude(reviewed_at=None).count() == 0


def test_strangers_labels_and_trades_are_out_of_reach(
    trader: Person, account: Account, strangers_account: Account
) -> None:
    theirs, mine, other = label(strangers_account, "비밀"), trade(account), trade(strangers_account)
    tag = label(account, "뉴스")
    trader.post(at(account, "trades/bulk/"), {"do": f"put:{theirs.pk}", "trade": [str(mine.pk)]})
    trader.post(at(account, "trades/bulk/"), {"do": f"put:{tag.pk}", "trade": [str(other.pk)]})
    assert not TradeTag.objects.exists()
    assert trader.post(at(account, f"trades/{other.pk}/review/"), {"rating": "3"}).status_code == 404
    trader.post(at(account, "labels/change/"), {"do": "edit-tag", "pk": str(theirs.pk), "name": "내 것"})
    assert Tag.objects.get(pk=theirs.pk).name == "비밀"


def test_a_filter_nobody_understood_edits_nothing(trader: Person, account: Account) -> None:
    """ "All of the filter" must not become all of the account because a word was misspelt."""
    tag = label(account, "뉴스")
    trade(account)
    trader.post(at(account, "trades/bulk/"), {"do": f"put:{tag.pk}", "all": "1", "query": "state=clsed"})
    assert not TradeTag.objects.exists()


def test_a_review_is_saved_without_javascript_and_sends_one_on(trader: Person, account: Account) -> None:
    one = trade(account)
    answer = trader.post(
        at(account, f"trades/{one.pk}/review/"), {"rating": "4", "then": at(account, "trades/queue/")}
    )
    assert answer["Location"] == at(account, "trades/queue/")
    assert Review.objects.get().rating == 4
    wrong = trader.post(at(account, f"trades/{one.pk}/review/"), {"rating": "9", "version": "1"})
    assert wrong.status_code == 422
    assert "1부터 5까지" in wrong.content.decode()


def test_a_review_saved_by_htmx_answers_with_its_state(
    trader: Person, manager: Person, account: Account
) -> None:
    one, path = trade(account), at(account, f"trades/{trade(account).pk}/review/")
    assert one.pk
    answer = trader.post(path, {"rating": "4", "version": "0"}, headers={"HX-Request": "true"})
    assert "HX-Retarget" not in answer
    assert 'id="review-state"' in answer.content.decode()
    stale = manager.post(path, {"rating": "2", "version": "0"}, headers={"HX-Request": "true"})
    assert stale["HX-Retarget"] == "#trade-review"
    page = stale.content.decode()
    assert "다른 사람이 먼저 저장한 값" in page
    assert 'value="rating=2"' in page
    manager.post(path, {"take": "rating=2", "rating": "4", "version": "1"}, headers={"HX-Request": "true"})
    assert Review.objects.get().rating == 2


def test_the_queue_walks_from_one_trade_to_the_next(trader: Person, account: Account, kiwoom: object) -> None:
    from portfolio.selectors.days import today_of

    today = today_of(account)
    told = {"closed_day": today, "opened_day": today}
    one, two = trade(account, **told), trade(account, **told)
    page = trader.get(at(account, "trades/queue/")).content.decode()
    assert f'action="{at(account, f"trades/{one.pk}/review/")}"' in page
    assert f"?trade={two.pk}" in page
    then = f"{at(account, 'trades/queue/')}?trade={two.pk}"
    done = trader.post(
        at(account, f"trades/{one.pk}/review/"), {"reviewed": "1", "then": then}, headers={"HX-Request": "true"}
    )
    assert done["HX-Redirect"] == then
    trader.post(at(account, f"trades/{two.pk}/review/"), {"reviewed": "1", "version": "0"})
    assert "복기할 거래가 없습니다" in trader.get(at(account, "trades/queue/")).content.decode()


def test_a_filter_picks_what_is_gone_over(trader: Person, account: Account, kiwoom: object) -> None:
    lost, won = trade(account, -1, -500), trade(account, -1, 700)
    page = trader.get(at(account, "trades/queue/?result=win")).content.decode()
    assert f"/trades/{won.pk}/review/" in page
    assert f"?trade={lost.pk}" not in page
    trader.post(at(account, f"trades/{won.pk}/review/"), {"reviewed": "1", "version": "0"})
    assert "이 필터에 맞는 것을" in trader.get(at(account, "trades/queue/?result=win")).content.decode()


def test_the_starting_set_is_offered_and_made_once(trader: Person, account: Account) -> None:
    assert "시작 세트" in trader.get(at(account, "labels/")).content.decode()
    assert not Tag.objects.exists()
    for _time in range(2):
        trader.post(at(account, "labels/start/"))
    made = Tag.objects.count()
    assert made > 20
    assert Rule.objects.count() == 4
    assert Tag.objects.filter(group__team=account.team).count() == made
    assert "돌파" in trader.get(at(account, "labels/")).content.decode()


def test_labels_are_made_renamed_coloured_and_retired(trader: Person, account: Account) -> None:
    path = at(account, "labels/change/")
    trader.post(path, {"do": "make-group", "kind": "mistake", "name": "실수", "color": "amber"})
    group = TagGroup.objects.get()
    trader.post(path, {"do": "make-tag", "pk": str(group.pk), "name": FORMULA})
    tag = Tag.objects.get()
    assert tag.name == FORMULA
    carry(trade(account), tag)
    trader.post(path, {"do": "edit-tag", "pk": str(tag.pk), "name": "추격", "color": "pink"})
    trader.post(path, {"do": "retire-tag", "pk": str(tag.pk)})
    tag.refresh_from_db()
    assert (tag.name, tag.color) == ("추격", "pink")
    assert tag.retired_at is not None
    assert "추격" in trader.get(at(account)).content.decode()
    assert LabelChange.objects.filter(subject="tag", author=trader.user).count() == 4


@pytest.mark.parametrize(
    "told",
    [
        {"do": "make-tag", "name": ""},
        {"do": "make-tag", "name": "가" * 41},
        {"do": "edit-group", "name": "x", "color": "red"},
        {"do": "make-group", "name": "x", "kind": "spell"},
        {"do": "make-rule", "text": ""},
        {"do": "make-rule", "condition": "not_after", "limit": "25:99"},
        {"do": "make-rule", "condition": "risk_share", "limit": "-1"},
        {"do": "make-rule", "condition": "moon"},
        {"do": "edit-rule", "text": "다른 말"},
        {"do": "up-book"},
        {"do": "order-rule", "order": "x"},
        {"do": "eat-tag"},
        {"do": ""},
    ],
)
def test_what_cannot_be_is_refused_in_words(trader: Person, account: Account, told: dict[str, str]) -> None:
    tag = label(account, "뉴스")
    before = (Tag.objects.count(), Rule.objects.count(), LabelChange.objects.count())
    page = trader.browser.post(at(account, "labels/change/"), {"pk": str(tag.group_id)} | told, follow=True)
    assert 'class="banner danger"' in page.content.decode()
    assert (Tag.objects.count(), Rule.objects.count(), LabelChange.objects.count()) == before


def test_labels_and_rules_are_put_in_order_by_steps_and_by_hand(trader: Person, account: Account) -> None:
    path = at(account, "labels/change/")
    first, second, third = (label(account, name) for name in ("가", "나", "다"))

    def order() -> list[str]:
        return list(Tag.objects.order_by("position", "pk").values_list("name", flat=True))

    trader.post(path, {"do": "up-tag", "pk": str(third.pk), "name": "다"})
    assert order() == ["가", "다", "나"]
    by_hand = {"HX-Request": "true"}
    wanted = ",".join(str(tag.pk) for tag in (second, third, first))
    told = {"do": "order-tag", "pk": str(first.pk)}
    assert trader.post(path, told | {"order": wanted}, headers=by_hand).status_code == 204
    assert order() == ["나", "다", "가"]
    stale = trader.post(path, told | {"order": f"{first.pk},99"}, headers=by_hand)
    assert stale["HX-Refresh"] == "true"
    assert "목록을 바꾸었습니다" in trader.get(at(account, "labels/")).content.decode()
    assert order() == ["나", "다", "가"]
    for text in ("하나", "둘"):
        trader.post(path, {"do": "make-rule", "text": text})
    two = Rule.objects.get(text="둘")
    trader.post(path, {"do": "edit-rule", "pk": str(two.pk), "text": "셋"})
    newest = Rule.objects.get(text="셋")
    trader.post(path, {"do": "up-rule", "pk": str(newest.pk)})
    page = trader.get(at(account, "labels/")).content.decode()
    places = [page.index(f"{text} <small") for text in ("셋", "하나")]
    assert places == sorted(places)


def test_ten_thousand_tags_are_stopped_at_five_hundred(trader: Person, account: Account) -> None:
    first = label(account, "하나")
    now = timezone.now()
    Tag.objects.bulk_create(Tag(group=first.group, name=f"t{n}", created_at=now) for n in range(9_999))
    page = trader.browser.post(
        at(account, "labels/change/"), {"do": "make-tag", "pk": str(first.group_id), "name": "또"}, follow=True
    )
    assert "500개까지" in page.content.decode()
    assert trader.get(at(account)).status_code == 200


def test_a_prior_holding_settles_a_trade_of_unknown_beginning(trader: Person, account: Account) -> None:
    one = trade(account, 0, None, adopted_quantity=10)
    page = trader.get(at(account)).content.decode()
    assert "시작을 모르는 거래 1건" in page
    assert "영웅문4" in page
    told = {
        "kind": "adopted",
        "symbol": one.symbol,
        "day": str(one.opened_day),
        "quantity": "10",
        "price": "900",
    }
    trader.post(at(account, "trades/events/"), told)
    assert not HoldingEvent.objects.exists(), "without a reason nothing is recorded"
    for _time in range(2):
        trader.post(at(account, "trades/events/"), told | {"reason": "2022년 거래내역서"})
    event = HoldingEvent.objects.get()
    assert (event.quantity, event.amount, event.author, event.source) == (10, 9_000, trader.user, "person")
    trader.post(at(account, f"trades/events/{event.pk}/withdraw/"))
    event.refresh_from_db()
    assert event.withdrawn_by == trader.user
    assert "2022년 거래내역서" in part(trader, at(account), "holding-events")


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "spell"},
        {"day": "2026-02-30"},
        {"day": "2999-01-01"},
        {"symbol": "<b>"},
        {"kind": "split", "numerator": "0"},
        {"kind": "adopted", "quantity": "-1"},
        {"kind": "adopted", "quantity": "10", "price": "NaN"},
        {"kind": "rename", "new_symbol": "005930"},
    ],
)
def test_an_event_that_cannot_be_is_refused(trader: Person, account: Account, told: dict[str, str]) -> None:
    fields = {"kind": "split", "symbol": "005930", "day": "2026-11-02", "reason": "공시", "numerator": "5"}
    trader.post(at(account, "trades/events/"), fields | {"denominator": "1"} | told)
    assert not HoldingEvent.objects.exists()


def test_open_trades_and_books_are_shown(trader: Person, account: Account) -> None:
    book = Book.objects.create(account=account, name="단타 장부", created_at=timezone.now())
    open_trade(account, book=book)
    page = trader.get(f"{at(account)}?book={book.pk}").content.decode()
    assert "단타 장부" in page
    assert "보유" in page
