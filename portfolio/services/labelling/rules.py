"""Rules of the playbook: made, changed from a day on, retired."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import User
from portfolio.analytics.playbook.conditions import CONDITIONS, limit_of
from portfolio.models import Rule, Tag, TagGroup
from portfolio.services.labelling.history import change, remember
from portfolio.services.labelling.naming import Refused, named

__all__ = ["MOST", "edit_rule", "make_rule", "retire_rule"]

#: Rules a team can have in force; a longer list is not followed.
MOST = 60


def make_rule(
    team_id: int, text: str, author: User, *, condition: str = "", limit: str = "", setup: str = ""
) -> Rule:
    """A new rule: a sentence a person checks, or a condition with its limit; ``setup`` is the number of one.
    Raises ``Refused``."""
    told = _told(team_id, text, condition, limit, setup)
    with transaction.atomic():
        mine = Rule.objects.filter(team=team_id, retired_at=None, until=None)
        if mine.count() >= MOST:
            raise Refused(_("원칙은 %(n)s개까지 둡니다. 지키지 않는 것부터 그만 쓰세요.") % {"n": MOST})
        rule = Rule.objects.create(team_id=team_id, position=mine.count(), created_at=timezone.now(), **told)
        remember(team_id, "rule", rule, "text", author, after=rule.text or condition)
    return rule


def edit_rule(
    rule: Rule, text: str, author: User, today: date, *, condition: str = "", limit: str = "", setup: str = ""
) -> Rule:
    """Change a rule from today on: trades opened before keep the version they were judged by.

    Other words for the same condition, and a version of today that judged nothing yet, change in place.
    Returns the version in force. Raises ``Refused``.
    """
    told = _told(rule.team_id, text, condition, limit, setup)
    with transaction.atomic():
        rule = Rule.objects.select_for_update().get(pk=rule.pk)
        if rule.until is not None:
            raise Refused(_("그 사이 누군가 이 원칙을 고쳤습니다. 화면을 새로 고친 뒤 다시 해 주세요."))
        if all(getattr(rule, name) == value for name, value in told.items()):
            return rule
        if _judges_as_before(rule, told) or _is_fresh(rule, today):
            change(rule.team_id, "rule", rule, author, **told)
            return rule
        made = Rule.objects.create(
            team_id=rule.team_id,
            position=rule.position,
            created_at=timezone.now(),
            retired_at=rule.retired_at,
            previous=rule,
            since=today,
            **told,
        )
        change(rule.team_id, "rule", rule, author, until=today)
        for name, value in told.items():
            if value != getattr(rule, name):
                remember(rule.team_id, "rule", made, name, author, before=getattr(rule, name), after=value)
    return made


def retire_rule(rule: Rule, author: User, *, is_over: bool) -> None:
    """Apply it no more, or again, with all of its versions; what was checked stays."""
    with transaction.atomic():
        version: Rule | None = rule
        while version:
            change(rule.team_id, "rule", version, author, retired_at=timezone.now() if is_over else None)
            version = version.previous


def _judges_as_before(rule: Rule, told: dict[str, Any]) -> bool:
    """The same condition with the same limit for the same setup: only its words differ."""
    judging = ("condition", "limit", "setup")
    return bool(rule.condition) and all(getattr(rule, name) == told[name] for name in judging)


def _is_fresh(rule: Rule, today: date) -> bool:
    """Written today and used by nobody: what is corrected was a slip."""
    return rule.since == today and not rule.checks.exists()


def _told(team_id: int, text: str, condition: str, limit: str, setup: str) -> dict[str, Any]:
    """The columns a form speaks of, checked."""
    limit = _limit(condition, limit)
    text = " ".join(text.split())
    text = named(text, 200) if text or not condition else ""
    return {"text": text, "condition": condition, "limit": limit, "setup": _setup(team_id, setup)}


def _limit(condition: str, limit: str) -> str:
    limit = limit.strip()
    if not condition:
        return ""
    if condition not in CONDITIONS:
        raise Refused(_("조건은 화면에 있는 것 가운데 하나를 골라 주세요."))
    kind = CONDITIONS[condition].kind
    try:
        limit_of(kind, limit)
    except ValueError:
        raise Refused(_("조건의 값을 적어 주세요. 시각은 14:30, 나머지는 0 이상의 숫자입니다.")) from None
    return limit[:20] if kind else ""


def _setup(team_id: int, number: str) -> Tag | None:
    if not number:
        return None
    mine = Tag.objects.filter(group__team=team_id, group__kind=TagGroup.Kind.SETUP)
    found = mine.filter(
        pk=int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    ).first()
    if found is None:
        raise Refused(_("이 팀에 없는 셋업입니다. 화면을 새로 고친 뒤 다시 골라 주세요."))
    return found
