"""A set to start with, offered and never forced: words Korean traders use, in groups, with a few rules."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.models import User
from portfolio.models import Rule, Tag, TagGroup
from portfolio.services.labelling.history import remember

__all__ = ["STARTER", "start"]

Kind = TagGroup.Kind
#: Kind, name, colour, exclusive, labels.
STARTER = (
    (
        Kind.SETUP,
        _("셋업"),
        "teal",
        True,
        (
            _("돌파"),
            _("눌림목"),
            _("낙폭과대 반등"),
            _("종가베팅"),
            _("상한가 따라잡기"),
            _("재료·뉴스"),
            _("추세 추종"),
            _("박스권"),
        ),
    ),
    (Kind.TAG, _("시장"), "slate", True, (_("강세장"), _("횡보장"), _("약세장"))),
    (Kind.TAG, _("재료"), "violet", False, (_("실적"), _("테마"), _("수급"), _("공시"), _("지수 이벤트"))),
    (
        Kind.MISTAKE,
        _("실수"),
        "amber",
        False,
        (
            _("추격매수"),
            _("손절 미룸"),
            _("물타기"),
            _("너무 빨리 익절"),
            _("계획 없이 진입"),
            _("비중 과다"),
            _("뇌동매매"),
            _("복수매매"),
        ),
    ),
    (
        Kind.EMOTION,
        _("감정"),
        "pink",
        True,
        (_("차분"), _("조급"), _("불안"), _("자신만만"), _("후회"), _("지루함")),
    ),
)
#: Condition, limit, sentence.
RULES = (
    ("stop_in_time", "10", ""),
    ("no_adding_below", "", ""),
    ("risk_share", "1", ""),
    ("", "", _("들어가기 전에 나갈 자리를 정했다")),
)


def start(team_id: int, author: User) -> int:
    """Make what is missing of the set; how many labels and rules were made. A second time makes nothing."""
    now, made = timezone.now(), 0
    with transaction.atomic():
        for position, (kind, name, color, is_exclusive, labels) in enumerate(STARTER):
            told = {"color": color, "is_exclusive": is_exclusive, "position": position, "created_at": now}
            group, is_new = TagGroup.objects.get_or_create(
                team_id=team_id, kind=kind, name=str(name), defaults=told
            )
            if is_new:
                remember(team_id, "group", group, "name", author, after=group.name)
            for place, label in enumerate(labels):
                told = {"position": place, "created_at": now}
                tag, is_new = Tag.objects.get_or_create(group=group, name=str(label), defaults=told)
                made += is_new
                if is_new:
                    remember(team_id, "tag", tag, "name", author, after=tag.name)
        if not Rule.objects.filter(team=team_id).exists():
            for place, (condition, limit, text) in enumerate(RULES):
                told = {"condition": condition, "limit": limit, "text": str(text)}
                rule = Rule.objects.create(team_id=team_id, position=place, created_at=now, **told)
                remember(team_id, "rule", rule, "text", author, after=rule.text or condition)
                made += 1
    return made
