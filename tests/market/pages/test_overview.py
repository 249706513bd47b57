"""The market's front page and its sectors: parts that come by themselves, a map that reads without colours."""

import re
from decimal import Decimal

import pytest

from kiwoomweb.access.models import Account
from kiwoomweb.broker.errors import BrokerDown
from market.overview.heatmap import scale_of, shade
from market.overview.parts import LISTS
from tests.market.pages.conftest import AnyBroker
from tests.people import Person

pytestmark = pytest.mark.django_db

PARTS = [*LISTS, "index-kospi", "index-kosdaq", "net-kospi", "net-kosdaq", "map-kospi", "map-kosdaq"]


def opened(person: Person, account: Account, path: str) -> str:
    answer = person.get(f"/a/{account.code}/market/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("path", ["", "sectors/", *(f"parts/{name}/" for name in PARTS), "index/001/candles/"])
def test_a_stranger_finds_nothing(stranger: Person, account: Account, broker: AnyBroker, path: str) -> None:
    assert stranger.get(f"/a/{account.code}/market/{path}").status_code == 404
    assert broker.asked == []


def test_the_front_page_asks_nobody_and_waits_for_nobody(
    viewer: Person, account: Account, broker: AnyBroker
) -> None:
    page = opened(viewer, account, "")

    assert broker.asked == []
    assert page.count('hx-trigger="load"') == len(LISTS) + 5


@pytest.mark.parametrize("name", PARTS)
def test_every_part_comes_with_its_time(viewer: Person, account: Account, broker: AnyBroker, name: str) -> None:
    page = opened(viewer, account, f"parts/{name}/")

    assert re.search(r"10:30:0[456]", page)
    assert "아직 받은 값이 없습니다" not in page


@pytest.mark.parametrize("name", PARTS)
def test_every_part_says_when_the_broker_is_silent(
    viewer: Person, account: Account, broker: AnyBroker, name: str
) -> None:
    broker.trouble = BrokerDown("HTTP 503")

    page = opened(viewer, account, f"parts/{name}/")

    assert "점검 중이거나 장애 상태" in page
    assert "아직 받은 값이 없습니다" in page


@pytest.mark.parametrize("name", ["nothing", "index-", "index-nasdaq", "map-x", "net-kospi-x", "risers-1"])
def test_there_are_no_other_parts(viewer: Person, account: Account, broker: AnyBroker, name: str) -> None:
    assert viewer.get(f"/a/{account.code}/market/parts/{name}/").status_code == 404


def test_the_index_tells_its_breadth(viewer: Person, account: Account, broker: AnyBroker) -> None:
    broker.told["ka20001"] = {
        "cur_prc": "-2394.49",
        "pred_pre": "-278.47",
        "flu_rt": "-10.42",
        "rising": "170",
        "stdns": "83",
        "fall": "530",
        "upl": "7",
        "lst": "0",
        "trde_prica": "41867",
    }

    page = opened(viewer, account, "parts/index-kospi/")

    assert "2394.49" in page
    assert "▼278.47" in page
    assert "▲ 170" in page
    assert "▼ 530" in page
    assert "상한 7" in page


SECTORS = [
    {
        "stk_cd": "001",
        "stk_nm": "종합(KOSPI)",
        "cur_prc": "+2874.53",
        "flu_rt": "+0.62",
        "trde_prica": "9999999",
    },
    {"stk_cd": "013", "stk_nm": "전기전자", "cur_prc": "+3035.10", "flu_rt": "+1.80", "trde_prica": "4000000"},
    {"stk_cd": "021", "stk_nm": "금융", "cur_prc": "-2244.10", "flu_rt": "-0.90", "trde_prica": "900000"},
    {"stk_cd": "018", "stk_nm": "건설", "cur_prc": "783.10", "flu_rt": "0.00", "trde_prica": ""},
]


def test_the_map_leaves_out_the_composite_and_speaks_without_colours(
    viewer: Person, account: Account, broker: AnyBroker
) -> None:
    broker.told["ka20003"] = {"all_inds_idex": SECTORS}

    page = opened(viewer, account, "parts/map-kospi/")

    assert "종합(KOSPI)" not in page
    assert page.index("전기전자") < page.index("금융") < page.index("건설")
    assert "▲ +1.80%" in page
    assert "▼ −0.90%" in page
    assert "still-0" in page


def test_a_sector_shows_its_chart_its_members_and_who_buys_it(
    viewer: Person, account: Account, broker: AnyBroker
) -> None:
    broker.told["ka20003"] = {"all_inds_idex": SECTORS}

    page = opened(viewer, account, "sectors/?sector=013")

    assert "<title>전기전자" in page
    assert 'data-topic="index:013"' in page
    assert broker.bodies_of("ka20002")[0]["inds_cd"] == "013"
    assert "삼성전자" in page
    assert "투자자별 순매수" in page
    assert "&lt;span" not in page


@pytest.mark.parametrize("nonsense", ["?sector=", "?sector=xx", "?sector=99999", "?sector=0<3"])
def test_nonsense_in_the_address_is_the_whole_market(
    viewer: Person, account: Account, broker: AnyBroker, nonsense: str
) -> None:
    assert 'data-topic="index:001"' in opened(viewer, account, f"sectors/{nonsense}")


@pytest.mark.parametrize("kind", ["index/001", "gold/M04020000"])
def test_levels_come_as_numbers_for_the_chart(
    viewer: Person, account: Account, broker: AnyBroker, kind: str
) -> None:
    told = viewer.get(f"/a/{account.code}/market/{kind}/candles/?span=day").json()

    assert len(told["bars"]) == 3
    assert all(isinstance(number, int | float) for bar in told["bars"] for number in bar[1:5])


@pytest.mark.parametrize("query", ["?span=", "?span=century"])
def test_an_unknown_span_is_no_chart(viewer: Person, account: Account, broker: AnyBroker, query: str) -> None:
    assert viewer.get(f"/a/{account.code}/market/index/001/candles/{query}").status_code == 404
    assert viewer.get(f"/a/{account.code}/market/gold/M04020000/candles/?span=year").status_code == 404


def test_colours_are_scaled_to_the_days_own_moves() -> None:
    calm = [Decimal(n) / 10 for n in range(-10, 10)]
    scale = scale_of([*calm, Decimal(30)])

    assert scale == Decimal(1)
    assert [shade(change, scale) for change in (Decimal(30), Decimal("0.5"), Decimal("0.01"))] == [4, 2, 1]
    assert [shade(change, scale) for change in (Decimal(0), None, Decimal("-1"))] == [0, 0, -4]
    assert scale_of([]) == 1


def cells(page: str) -> list[str]:
    """The text of the first row's cells."""
    row = page[page.index("<tbody>") :].partition("</tr>")[0]
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row)]


@pytest.mark.parametrize("name", ["risers", "fallers", "highs"])
def test_a_short_list_ends_with_the_rate_and_its_arrow(
    viewer: Person, account: Account, broker: AnyBroker, name: str
) -> None:
    page = opened(viewer, account, f"parts/{name}/")

    assert cells(page)[-1] == "▲+1.52%"
    assert '<span class="fall"><i class="arrow" aria-hidden="true">▼</i><span class="sr">−</span>0.96%' in page


def test_the_turnover_is_in_eok_beside_price_and_rate(
    viewer: Person, account: Account, broker: AnyBroker
) -> None:
    page = opened(viewer, account, "parts/turnover/")

    assert cells(page)[2:] == ["▲+1.52%", "12.00억"], "1,200 million won"
    assert ">거래대금</th>" in page


def test_what_is_looked_up_most_stands_in_its_place(
    viewer: Person, account: Account, broker: AnyBroker
) -> None:
    told = [{"stk_cd": "005930", "stk_nm": "삼성전자", "bigd_rank": "3", "past_curr_prc": "+72400"}]
    broker.told["ka00198"] = {"item_inq_rank": [{**told[0], "base_comp_chgr": "+1.52"}]}

    page = opened(viewer, account, "parts/looked-up/")

    assert cells(page)[0] == "3"
    assert cells(page)[-1] == "▲+1.52%"
