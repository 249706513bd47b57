"""The pages of the statistics, in their order, and which section of the catalogue each shows."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.models import Account

__all__ = ["PARTS", "Part", "address_of", "part_named"]


@dataclass(frozen=True, slots=True)
class Part:
    """``key`` stands in the address; ``section`` is that of the metric catalogue, empty for pages of their own.
    ``asks`` is the question the page answers."""

    key: str
    label: "str | Promise"
    asks: "str | Promise"
    section: str = ""


PARTS = (
    Part("edge", _("결과와 우위"), _("벌고 있는가, 그리고 그것이 운이 아니라고 말할 수 있는가"), "3.1"),
    Part("inside", _("거래 안쪽"), _("들고 있는 동안 무엇을 놓치고 무엇을 지켰는가"), "3.2"),
    Part("path", _("경로와 위험"), _("여기까지 오는 길이 얼마나 거칠었는가"), "3.3"),
    Part("when", _("언제 어디서"), _("어느 시간, 어느 종목, 어떤 셋업에서 벌고 잃는가"), "3.4"),
    Part("money", _("비용과 수익률"), _("비용을 빼고, 입출금을 걷어 내면 얼마나 늘었는가"), "3.5"),
    Part("habits", _("습관"), _("어떤 버릇이 얼마의 값을 치르게 했는가"), "3.6"),
    Part("conditions", _("조건검색"), _("어떤 조건식이 돈이 되는가, 그 가운데 나은 것을 골라 샀는가")),
    Part("whatif", _("만약에"), _("그 시간, 그 버릇이 없었다면 얼마였을까")),
    Part("compare", _("나란히"), _("두 조건의 거래는 정말 다른가")),
    Part("year", _("한 해"), _("열두 달은 어떻게 지나갔는가")),
    Part("table", _("모든 지표"), _("모든 지표를 한 표에서 찾습니다")),
)


def part_named(key: str) -> Part | None:
    """The part of that name."""
    return next((part for part in PARTS if part.key == key), None)


def address_of(account: Account, part: Part, query: str) -> str:
    """Where a page of the statistics is; the first one has the short address."""
    first = part == PARTS[0]
    path = (
        reverse("portfolio:stats", args=[account.code])
        if first
        else reverse("portfolio:stats_part", args=[account.code, part.key])
    )
    return f"{path}?{query}" if query else path
