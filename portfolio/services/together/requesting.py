"""Requesting: ask a member for a review of a trade or a day; give it with marks, which ends the request."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiwoomweb.access.models import User
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors import who_sees
from kiwoomweb.notices.services.notifying import notify
from portfolio.models import ReviewRequest
from portfolio.selectors.together.subjects import About, about_of
from portfolio.services.together.talking import LONGEST, Refused

__all__ = ["RUBRIC", "ask", "give"]

#: What a review gives marks for, one to five: the plan and its keeping, never the result.
RUBRIC = {
    "plan": gettext_lazy("계획이 있었나"),
    "entry": gettext_lazy("계획대로 들어갔나"),
    "size": gettext_lazy("수량이 알맞았나"),
    "exit": gettext_lazy("계획대로 나왔나"),
    "mind": gettext_lazy("차분했나"),
}


def ask(about: About, by: User, of: int, words: str = "") -> ReviewRequest:
    """Ask the member of that number, who must be able to comment here. Raises ``Refused``.

    The same question to the same person that still waits is not asked twice.
    """
    person = next((one for one in who_sees(about.account, Right.COMMENT) if one.pk == of), None)
    if person is None or person.pk == by.pk:
        raise Refused(_("복기를 부탁할 사람을 고르세요."))
    with transaction.atomic():
        waiting = ReviewRequest.objects.filter(**about.lookup, of=person, done_at__isnull=True).first()
        if waiting:
            return waiting
        made = ReviewRequest.objects.create(
            **about.lookup, asked_by=by, of=person, words=words.strip()[:500], asked_at=timezone.now()
        )
        _tell(made, person, _("%(who)s님이 복기를 부탁했습니다: %(what)s") % {"who": by, "what": about.title})
    return made


def give(request: ReviewRequest, by: User, marks: Mapping[str, str], remark: str) -> None:
    """Marks for every line of the rubric, and a remark. Only who was asked, once. Raises ``Refused``."""
    if request.of_id != by.pk:
        raise Refused(_("부탁받은 사람만 복기를 마칠 수 있습니다."))
    told = {line: int(mark) for line, mark in marks.items() if line in RUBRIC and mark in set("12345")}
    if told.keys() != RUBRIC.keys():
        raise Refused(_("모든 항목에 1점에서 5점을 주세요."))
    if len(remark) > LONGEST:
        raise Refused(_("%(n)s자까지 쓸 수 있습니다. 줄이거나 나누어 적어 주세요.") % {"n": f"{LONGEST:,}"})
    with transaction.atomic():
        waiting = ReviewRequest.objects.filter(pk=request.pk, done_at__isnull=True)
        if not waiting.update(**told, remark=remark.strip(), done_by=by, done_at=timezone.now()):
            raise Refused(_("이미 마친 복기입니다."))
        if request.asked_by:
            words = {"who": by, "what": about_of(request).title}
            _tell(request, request.asked_by, _("%(who)s님이 복기를 마쳤습니다: %(what)s") % words)


def _tell(request: ReviewRequest, person: User, title: str) -> None:
    about = about_of(request)
    state = "done" if request.asked_by_id == person.pk else "asked"
    notify(
        person,
        "review",
        f"review:{request.pk}:{state}",
        title=title,
        text=request.words,
        url=about.address,
        account=about.account,
    )
