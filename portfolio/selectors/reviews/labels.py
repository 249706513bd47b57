"""A team's labels in their groups, as forms and filters offer them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiwoomweb.access.models import Account
from portfolio.models import Tag, TagGroup, TradeTag
from portfolio.selectors.filtering.lines import TradeLine
from portfolio.selectors.numbers import Numbers

__all__ = ["Group", "Label", "groups_of", "labels_by_trade", "offered"]

#: So many labels of one kind are offered at once; a filter still finds the others by their address.
MOST = 200


@dataclass(frozen=True, slots=True)
class Label:
    """One label. ``color`` is a name of the palette."""

    pk: int
    name: str
    color: str
    kind: str
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A group with the labels that are offered, in the team's order."""

    pk: int
    kind: str
    name: str
    color: str
    is_exclusive: bool
    labels: tuple[Label, ...]


def groups_of(account: Account, *kinds: str, kept: Iterable[int] = ()) -> list[Group]:
    """The team's groups of these kinds with labels in use; ``kept`` are shown although they are retired."""
    kept = set(kept)
    groups = TagGroup.objects.filter(team=account.team_id, kind__in=kinds or TagGroup.Kind.values)
    tags = Tag.objects.filter(group__in=groups).select_related("group").order_by("position", "pk")
    by_group: dict[int, list[Label]] = defaultdict(list)
    for tag in tags[: MOST * len(TagGroup.Kind.values)]:
        retired = bool(tag.retired_at or tag.group.retired_at)
        if not retired or tag.pk in kept:
            by_group[tag.group_id].append(label_of(tag))
    return [
        Group(group.pk, group.kind, group.name, group.color, group.is_exclusive, tuple(by_group[group.pk]))
        for group in groups.order_by("position", "pk")
        if by_group[group.pk]
    ]


def offered(account: Account, kind: str) -> list[Label]:
    """The labels of one kind that are in use."""
    return [label for group in groups_of(account, kind) for label in group.labels]


def labels_by_trade(trades: Sequence[TradeLine]) -> dict[int, list[Label]]:
    """What each of these trades carries: its setup, its tags and mistakes, its emotion. Two queries."""
    on_them = TradeTag.objects.filter(trade__in=Numbers(trade.pk for trade in trades))
    carried = list(on_them.values_list("trade_id", "tag_id"))
    wanted = {tag for _trade, tag in carried}
    wanted |= {tag for trade in trades for tag in (trade.setup, trade.emotion) if tag}
    # A few labels hang on many trades: each is read once, in the team's order.
    tags = Tag.objects.filter(pk__in=Numbers(wanted)).select_related("group")
    known = {tag.pk: label_of(tag) for tag in tags.order_by("group__position", "group", "position", "pk")}
    place = {pk: number for number, pk in enumerate(known)}
    found: dict[int, list[Label]] = defaultdict(list)
    for trade in trades:
        if trade.setup:
            found[trade.pk].append(known[trade.setup])
    for pk, tag in sorted(carried, key=lambda pair: place[pair[1]]):
        found[pk].append(known[tag])
    for trade in trades:
        if trade.emotion:
            found[trade.pk].append(known[trade.emotion])
    return found


def label_of(tag: Tag) -> Label:
    """A row as pages show it."""
    retired = bool(tag.retired_at or tag.group.retired_at)
    return Label(tag.pk, tag.name, tag.shown_color, tag.group.kind, retired)
