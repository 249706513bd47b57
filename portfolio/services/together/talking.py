"""Talking: say something of a trade or a day, mend it, take it back. Who is named with @ is told."""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import User
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors import who_sees
from kiwoomweb.notices.services.notifying import notify
from portfolio.models import Comment, CommentVersion
from portfolio.selectors.together.subjects import About, about_of

__all__ = ["LONGEST", "Refused", "edit", "named_in", "remove", "say"]

LONGEST = 5_000
NAME = re.compile(r"@([\w.\-]{1,64})")


class Refused(Exception):
    """``str()`` says why nothing was written."""


def say(about: About, author: User, text: str, *, private: bool = False) -> Comment:
    """Write a comment; tell who is named in it, and who has spoken there before. Raises ``Refused``."""
    text = _readable(text)
    with transaction.atomic():
        comment = Comment.objects.create(
            **about.lookup, author=author, text=text, private=private, made_at=timezone.now()
        )
        if not private:
            _tell(comment, about, told_before=set())
    return comment


def edit(comment: Comment, author: User, text: str) -> None:
    """Only its author; what it said stays as a version. Raises ``Refused``."""
    text = _readable(text)
    with transaction.atomic():
        held = _own(comment, author)
        if held.text == text:
            return
        before = {person.pk for person in named_in(held.text, about_of(held))}
        CommentVersion.objects.create(comment=held, text=held.text, replaced_at=timezone.now())
        held.text, held.edited_at = text, timezone.now()
        held.save(update_fields=["text", "edited_at"])
        if not held.private:
            _tell(held, about_of(held), told_before=before)


def remove(comment: Comment, author: User) -> None:
    """Only its author. It is no longer shown; the row and its versions stay. Raises ``Refused``."""
    with transaction.atomic():
        held = _own(comment, author)
        held.removed_at = timezone.now()
        held.save(update_fields=["removed_at"])


def named_in(text: str, about: About) -> list[User]:
    """The members who may comment here and are named with @: by name without spaces, or by what stands before
    the @ of their address."""
    asked = {name.casefold().rstrip(".") for name in NAME.findall(text)}
    if not asked:
        return []
    return [one for one in who_sees(about.account, Right.COMMENT) if asked & _names_of(one)]


def _names_of(user: User) -> set[str]:
    return {name.casefold() for name in (str(user).replace(" ", ""), user.email.partition("@")[0])}


def _own(comment: Comment, author: User) -> Comment:
    rows = Comment.objects.select_for_update(of=("self",)).select_related("account", "trade", "author")
    held = rows.filter(pk=comment.pk, removed_at__isnull=True).first()
    if held is None or held.author_id != author.pk:
        raise Refused(_("내가 쓴 댓글만 고치거나 지울 수 있습니다."))
    return held


def _readable(text: str) -> str:
    text = text.replace("\x00", "").strip()
    if not text:
        raise Refused(_("할 말을 적으세요."))
    if len(text) > LONGEST:
        raise Refused(_("%(n)s자까지 쓸 수 있습니다. 줄이거나 나누어 적어 주세요.") % {"n": f"{LONGEST:,}"})
    return text


def _tell(comment: Comment, about: About, told_before: set[int]) -> None:
    """Those named, as named; the others who have spoken here, of a comment. Each once, and never the author."""
    named = [one for one in named_in(comment.text, about) if one.pk not in told_before]
    words = {"who": comment.author, "what": about.title}
    _each(comment, about, named, "mention", _("%(who)s님이 나를 불렀습니다: %(what)s") % words)
    if comment.edited_at is None:
        skipped = {one.pk for one in named}
        spoke = set(Comment.objects.filter(**about.lookup, private=False).values_list("author_id", flat=True))
        others = [one for one in who_sees(about.account, Right.COMMENT) if one.pk in spoke - skipped]
        _each(comment, about, others, "comment", _("%(who)s님의 댓글: %(what)s") % words)


def _each(comment: Comment, about: About, people: list[User], kind: str, title: str) -> None:
    for person in people:
        if person.pk != comment.author_id:
            key = f"comment:{comment.pk}"
            notify(
                person,
                kind,
                key,
                title=title,
                text=comment.text[:300],
                url=about.address,
                account=about.account,
            )
