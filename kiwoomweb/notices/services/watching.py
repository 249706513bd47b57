"""Watching: an account that cannot be read for a while is told to those who can put it right."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors import pairs_that_see
from kiwoomweb.access.selectors.accounts import accounts_for, rights_here
from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.services.notifying import notify

__all__ = ["keepers_of", "look", "seers_of"]

#: Shorter troubles come and go: a broker that restarts, a line that drops.
LASTING = timedelta(minutes=5)


def look(now: datetime | None = None) -> None:
    """Each trouble is told once, by the moment it began."""
    before = (now or timezone.now()) - LASTING
    troubled = Account.objects.filter(~Q(trouble_kind=""), trouble_since__lte=before).select_related("team")
    for account in troubled:
        for user in keepers_of(account):
            with override(user.language or "ko"):
                title = _("%(account)s 계좌를 읽지 못하고 있습니다") % {"account": account.name}
                text = _(account.trouble_sentence)
            since = account.trouble_since
            key = f"{account.code}:{since.timestamp() if since else ''}"
            url = f"/a/{account.code}/keys/"
            notify(user, Kind.FAILED_SYNC, key, title=title, text=text, url=url, account=account)


def seers_of(account: Account) -> list[User]:
    """Everybody who sees the account now."""
    people = list(User.objects.filter(memberships__team=account.team_id, is_active=True).distinct())
    seen = pairs_that_see([one.pk for one in people], [account.pk])
    return [one for one in people if (one.pk, account.pk) in seen]


def keepers_of(account: Account) -> list[User]:
    """Those who may change its keys."""
    found = []
    for user in seers_of(account):
        mine = accounts_for(user).filter(pk=account.pk).first()
        if mine is not None and Right.KEYS in rights_here(mine):
            found.append(user)
    return found
