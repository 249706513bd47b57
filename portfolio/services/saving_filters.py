"""Saved filters: kept under a name, renamed, removed. A query is made canonical before it is kept."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from portfolio.models import SavedFilter
from portfolio.selectors.days import today_of
from portfolio.selectors.filtering import TradeFilter

__all__ = ["Unsavable", "remove_filter", "rename_filter", "save_filter"]

LONGEST_NAME = 40
MOST = 50


class Unsavable(ValueError):
    """Why a filter cannot be kept, in the reader's language."""


def save_filter(account: Account, person: User, name: str, query: str) -> SavedFilter:
    """Keep a query under a name; the same name again takes the new query. Raises ``Unsavable``."""
    name, query = _named(name), TradeFilter.parse(query[:4_000], today_of(account)).query()
    if not query:
        raise Unsavable(_("조건이 없는 필터는 저장할 수 없습니다. 먼저 조건을 고르세요."))
    mine = SavedFilter.objects.filter(account=account, person=person, removed_at=None)
    with transaction.atomic():
        if not mine.filter(name=name).exists() and mine.count() >= MOST:
            raise Unsavable(_("필터는 %(n)s개까지 저장합니다. 쓰지 않는 것을 지워 주세요.") % {"n": MOST})
        kept, _made = mine.update_or_create(
            name=name,
            defaults={"query": query[:2_000], "saved_at": timezone.now()},
            create_defaults={
                "account": account,
                "person": person,
                "query": query[:2_000],
                "saved_at": timezone.now(),
            },
        )
    return kept


def rename_filter(saved: SavedFilter, name: str) -> None:
    """Give it another name. Raises ``Unsavable`` when that one is taken."""
    name = _named(name)
    mine = SavedFilter.objects.filter(account=saved.account_id, person=saved.person_id, removed_at=None)
    if mine.filter(name=name).exclude(pk=saved.pk).exists():
        raise Unsavable(_("‘%(name)s’이라는 필터가 이미 있습니다.") % {"name": name})
    saved.name = name
    saved.save(update_fields=["name"])


def remove_filter(saved: SavedFilter) -> None:
    """Take it off the list; its row stays."""
    saved.removed_at = timezone.now()
    saved.save(update_fields=["removed_at"])


def _named(name: str) -> str:
    name = " ".join(name.replace("\x00", "").split())
    if not name:
        raise Unsavable(_("필터의 이름을 적어 주세요."))
    if len(name) > LONGEST_NAME:
        raise Unsavable(_("이름은 %(n)s자까지 적을 수 있습니다.") % {"n": LONGEST_NAME})
    return name
