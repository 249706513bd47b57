"""Rules of the playbook and strategy books: made, changed, retired."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from portfolio.analytics.playbook.conditions import CONDITIONS, limit_of
from portfolio.models import Book, Rule, Tag, TagGroup
from portfolio.services.labelling.history import change, remember
from portfolio.services.labelling.naming import Refused, colored, named

__all__ = ["MOST", "close_book", "edit_book", "make_book", "make_rule", "retire_rule"]

#: Rules a team can have in force; a longer list is not followed.
MOST = 60


def make_rule(
    team_id: int, text: str, author: User, *, condition: str = "", limit: str = "", setup: str = ""
) -> Rule:
    """A new rule: a sentence a person checks, or a condition with its limit; ``setup`` is the number of one.
    Raises ``Refused``."""
    limit = _limit(condition, limit)
    text = " ".join(text.split())
    text = named(text, 200) if text or not condition else ""
    with transaction.atomic():
        mine = Rule.objects.filter(team=team_id, retired_at=None)
        if mine.count() >= MOST:
            raise Refused(_("원칙은 %(n)s개까지 둡니다. 지키지 않는 것부터 그만 쓰세요.") % {"n": MOST})
        rule = Rule.objects.create(
            team_id=team_id,
            text=text,
            condition=condition,
            limit=limit,
            setup=_setup(team_id, setup),
            position=mine.count(),
            created_at=timezone.now(),
        )
        remember(team_id, "rule", rule, "text", author, after=text or condition)
    return rule


def retire_rule(rule: Rule, author: User, *, is_over: bool) -> None:
    """Apply it no more, or again; what was checked stays."""
    with transaction.atomic():
        change(rule.team_id, "rule", rule, author, retired_at=timezone.now() if is_over else None)


def make_book(account: Account, name: str, color: str, author: User) -> Book:
    """A new strategy book of an account."""
    name, color = named(name), colored(color or "slate")
    if Book.objects.filter(account=account, name=name).exists():
        raise Refused(_("‘%(name)s’ 장부가 이미 있습니다.") % {"name": name})
    with transaction.atomic():
        book = Book.objects.create(account=account, name=name, color=color, created_at=timezone.now())
        remember(account.team_id, "book", book, "name", author, after=name)
    return book


def edit_book(book: Book, name: str, color: str, author: User) -> None:
    """Rename and colour a book."""
    name, color = named(name), colored(color)
    if Book.objects.filter(account=book.account_id, name=name).exclude(pk=book.pk).exists():
        raise Refused(_("‘%(name)s’ 장부가 이미 있습니다.") % {"name": name})
    with transaction.atomic():
        change(book.account.team_id, "book", book, author, name=name, color=color)


def close_book(book: Book, author: User, *, is_over: bool) -> None:
    """Offer it no more, or again; its trades stay in it."""
    with transaction.atomic():
        change(book.account.team_id, "book", book, author, closed_at=timezone.now() if is_over else None)


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
