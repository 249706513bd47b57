"""Groups and labels: made, renamed, coloured, retired and brought back. What trades carry they keep."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import User
from portfolio.models import Tag, TagGroup
from portfolio.services.labelling.history import change, remember
from portfolio.services.labelling.naming import Refused, colored, named

__all__ = ["MOST", "edit_group", "edit_tag", "make_group", "make_tag", "retire"]

#: Labels a team can have; nobody finds one among more.
MOST = 500


def make_group(team_id: int, kind: str, name: str, color: str, author: User, *, is_exclusive: bool) -> TagGroup:
    """A new group. Raises ``Refused``; so do all of these."""
    if kind not in TagGroup.Kind.values:
        raise Refused(_("묶음의 종류를 골라 주세요."))
    name, color = named(name), colored(color or "slate")
    with transaction.atomic():
        mine = TagGroup.objects.select_for_update().filter(team=team_id)
        if mine.count() >= MOST:
            raise Refused(_("묶음은 %(n)s개까지 만듭니다.") % {"n": MOST})
        if mine.filter(kind=kind, name=name).exists():
            raise Refused(_("‘%(name)s’ 묶음이 이미 있습니다.") % {"name": name})
        group = TagGroup.objects.create(
            team_id=team_id,
            kind=kind,
            name=name,
            color=color,
            is_exclusive=is_exclusive,
            position=min(mine.count(), 30_000),
            created_at=timezone.now(),
        )
        remember(team_id, "group", group, "name", author, after=name)
    return group


def make_tag(group: TagGroup, name: str, author: User) -> Tag:
    """A new label in a group."""
    name = named(name)
    with transaction.atomic():
        TagGroup.objects.select_for_update().get(pk=group.pk)
        mine = Tag.objects.filter(group__team=group.team_id)
        if mine.count() >= MOST:
            raise Refused(_("라벨은 %(n)s개까지 만듭니다. 쓰지 않는 이름을 고쳐 써 주세요.") % {"n": MOST})
        if group.tags.filter(name=name).exists():
            raise Refused(
                _("‘%(name)s’이(가) 이미 있습니다. 그만 쓴 것이라면 다시 쓰기를 누르세요.") % {"name": name}
            )
        tag = Tag.objects.create(
            group=group, name=name, position=min(group.tags.count(), 30_000), created_at=timezone.now()
        )
        remember(group.team_id, "tag", tag, "name", author, after=name)
    return tag


def edit_group(group: TagGroup, name: str, color: str, author: User, *, is_exclusive: bool) -> None:
    """Rename and colour a group. Trades that carry two labels of a group made exclusive keep both."""
    name, color = named(name), colored(color)
    others = TagGroup.objects.filter(team=group.team_id, kind=group.kind, name=name).exclude(pk=group.pk)
    if others.exists():
        raise Refused(_("‘%(name)s’ 묶음이 이미 있습니다.") % {"name": name})
    with transaction.atomic():
        change(group.team_id, "group", group, author, name=name, color=color, is_exclusive=is_exclusive)


def edit_tag(tag: Tag, name: str, color: str, author: User) -> None:
    """Rename and colour a label."""
    name, color = named(name), colored(color, may_be_blank=True)
    if tag.group.tags.filter(name=name).exclude(pk=tag.pk).exists():
        raise Refused(
            _("‘%(name)s’이(가) 이미 있습니다. 그만 쓴 것이라면 다시 쓰기를 누르세요.") % {"name": name}
        )
    with transaction.atomic():
        change(tag.group.team_id, "tag", tag, author, name=name, color=color)


def retire(row: TagGroup | Tag, author: User, *, is_over: bool) -> None:
    """Offer it no more, or again. Trades that carry it keep it."""
    subject, team_id = ("group", row.team_id) if isinstance(row, TagGroup) else ("tag", row.group.team_id)
    with transaction.atomic():
        change(team_id, subject, row, author, retired_at=timezone.now() if is_over else None)
