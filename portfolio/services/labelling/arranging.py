"""The order of a team's labels, groups and rules, as people arrange it."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kiwoomweb.access.models import User
from portfolio.models import Rule, Tag, TagGroup
from portfolio.services.labelling.history import remember
from portfolio.services.labelling.naming import Refused

__all__ = ["arrange", "siblings_of", "step"]

Row = TagGroup | Tag | Rule


def siblings_of(row: Row) -> "QuerySet[Any]":
    """What is in use and stands in one list with the row, in its present order."""
    rows: QuerySet[Any]
    if isinstance(row, Tag):
        rows = Tag.objects.filter(group=row.group_id)
    elif isinstance(row, TagGroup):
        rows = TagGroup.objects.filter(team=row.team_id, kind=row.kind)
    else:
        rows = Rule.objects.filter(team=row.team_id, until=None)
    return rows.filter(retired_at=None).order_by("position", "pk")


def step(row: Row, by: int, author: User) -> None:
    """One place up (-1) or down (1); at the end of the list nothing happens."""
    order = list(siblings_of(row).values_list("pk", flat=True))
    if row.pk not in order:
        raise Refused(_("그만 쓰는 것은 자리를 옮기지 않습니다."))
    at = order.index(row.pk)
    to = min(max(at + by, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    arrange(row, order, author)


def arrange(row: Row, order: Sequence[int], author: User) -> None:
    """Put the row's list into this order of numbers; a list that has changed meanwhile is left as it is."""
    with transaction.atomic():
        rows = {one.pk: one for one in siblings_of(row).select_for_update()}
        if sorted(order) != sorted(rows):
            raise Refused(_("그 사이 누군가 목록을 바꾸었습니다. 화면을 새로 고친 뒤 다시 옮겨 주세요."))
        before = list(rows)
        if before == list(order):
            return
        for place, pk in enumerate(order):
            _place(rows[pk], place)
        team = row.group.team_id if isinstance(row, Tag) else row.team_id
        places = {"before": before.index(row.pk) + 1, "after": list(order).index(row.pk) + 1}
        remember(team, _subject(row), row, "position", author, **places)


def _place(row: Row, place: int) -> None:
    row.position = place
    row.save(update_fields=["position"])
    if isinstance(row, Rule):
        version = row.previous
        while version:
            Rule.objects.filter(pk=version.pk).update(position=place)
            version = version.previous


def _subject(row: Row) -> str:
    return "tag" if isinstance(row, Tag) else "group" if isinstance(row, TagGroup) else "rule"
