"""The synchronisation card: how far the past has come, and that the page follows it."""

from tests.portfolio.views import believable


def asked(person, account, query: str = ""):
    return person.get(f"/a/{account.code}/sync/{query}", headers={"HX-Request": "true"})


def test_the_past_is_on_its_way_and_the_bar_says_how_far(viewer, connected, today):
    believable.synchronised(connected, today, done=10, total=40)

    card = asked(viewer, connected).content.decode()

    assert 'value="25"' in card
    assert "40구간 가운데 10구간" in card
    assert "그동안에도 화면은 쓸 수 있습니다." in card
    assert "every 2s" in card


def test_when_all_is_there_the_bar_is_gone(viewer, connected, today):
    believable.synchronised(connected, today)

    card = asked(viewer, connected).content.decode()

    assert "<progress" not in card
    assert "모두 최신" in card
    assert "every 10s" in card


def test_the_page_is_told_when_more_of_the_past_has_come(viewer, connected, today):
    believable.synchronised(connected, today, done=10, total=40)

    assert asked(viewer, connected, "?seen=7")["HX-Trigger"] == "backfilled"
    assert "HX-Trigger" not in asked(viewer, connected, "?seen=10")


def test_the_status_strip_goes_with_the_card(viewer, connected, today):
    believable.synchronised(connected, today)

    card = asked(viewer, connected).content.decode()

    assert 'id="strip" hx-swap-oob="true"' in card


def test_one_source_in_trouble_opens_the_list_of_sources(viewer, connected, today):
    believable.synchronised(connected, today)
    believable.in_trouble(connected, "BrokerDown")

    card = asked(viewer, connected).content.decode()

    assert '<details class="sources" id="sources" open>' in card
    assert "확인 필요" in card
