"""The weekly meeting: write its minutes, vote on its trades, set down what is to be done."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.selectors import who_sees
from portfolio.models import ActionItem, Meeting, MeetingVote, Trade
from portfolio.services.together.talking import Refused

__all__ = ["add_action", "end_action", "vote", "write_minutes"]

LONGEST = 20_000


def write_minutes(account: Account, week: date, by: User, text: str, based_on: int) -> Meeting:
    """Save the minutes. Raises ``Refused`` when somebody has written since ``based_on``: theirs stay."""
    if len(text) > LONGEST:
        raise Refused(_("%(n)s자까지 쓸 수 있습니다. 줄이거나 나누어 적어 주세요.") % {"n": f"{LONGEST:,}"})
    meeting = _meeting(account, week)
    said = {"minutes": text.strip(), "minutes_by": by, "minutes_at": timezone.now(), "version": based_on + 1}
    if not Meeting.objects.filter(pk=meeting.pk, version=based_on).update(**said):
        raise Refused(_("그 사이에 다른 사람이 회의록을 고쳤습니다. 아래 글을 옮긴 뒤 다시 저장하세요."))
    meeting.refresh_from_db()
    return meeting


def vote(account: Account, week: date, by: User, trade: Trade, side: str) -> None:
    """One vote a member and trade; the last word counts. Raises ``Refused`` for no such side."""
    if side not in MeetingVote.Side.values:
        raise Refused(_("세 가지 가운데 하나를 고르세요."))
    MeetingVote.objects.update_or_create(
        meeting=_meeting(account, week),
        trade=trade,
        user=by,
        defaults={"side": side, "voted_at": timezone.now()},
    )


def add_action(account: Account, week: date, by: User, text: str, owner: int | None) -> ActionItem:
    """Something to do, for a member or for everybody. Raises ``Refused``."""
    text = " ".join(text.split())
    if not text or len(text) > 300:
        raise Refused(_("할 일을 300자 이하로 적으세요."))
    person = next((one for one in who_sees(account) if one.pk == owner), None)
    return ActionItem.objects.create(
        account=account, week=week, text=text, owner=person, made_by=by, made_at=timezone.now()
    )


def end_action(account: Account, pk: int, by: User, state: str) -> None:
    """Done or dropped, once. Raises ``Refused`` for another state."""
    if state not in {ActionItem.State.DONE, ActionItem.State.DROPPED}:
        raise Refused(_("했는지 그만두었는지 고르세요."))
    rows = ActionItem.objects.filter(account=account, pk=pk, state=ActionItem.State.OPEN)
    rows.update(state=state, ended_at=timezone.now(), ended_by=by)


def _meeting(account: Account, week: date) -> Meeting:
    try:
        with transaction.atomic():
            return Meeting.objects.get_or_create(account=account, week=week)[0]
    except IntegrityError:  # two came in at the same moment
        return Meeting.objects.get(account=account, week=week)
