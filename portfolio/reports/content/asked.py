"""What a report is asked to be: of which account and days, known when, for whose eyes, in which language."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account
from portfolio.models import Balance, DayWorth
from portfolio.reports.content.pieces import FORM, Content, Section
from portfolio.reports.content.saying import Saying, day_words, moment_words
from portfolio.spans import Period

__all__ = ["Asked", "bound", "worth_at", "worth_before"]


@dataclass
class Asked:
    """One question. ``period.first`` is ``None`` for everything up to ``period.last``."""

    account: Account
    period: Period
    as_of: datetime
    is_masked: bool
    language: str

    @property
    def last(self) -> date:
        return self.period.last

    @property
    def first(self) -> date:
        """The first day; of a report of everything, the first day the journal knows."""
        return self.period.first or self.account.first_day or self.period.last

    @cached_property
    def saying(self) -> Saying:
        """How this reader is told of money."""
        return Saying(self.is_masked, self.worth)

    def free(self, text: str) -> str:
        """What somebody wrote, without the account's number and, where amounts are hidden, without them."""
        digits = [letter for letter in self.account.number if letter.isalnum()]
        if digits:
            number = "[- ]?".join(digits)
            text = re.sub(rf"(?<!\d){number}(?!\d)", self.account.masked_number, text)
        return self.saying.free(text)

    @cached_property
    def worth(self) -> int | None:
        """추정자산 in won when the period began."""
        return worth_before(self.account, self.first)


def worth_before(account: Account, day: date) -> int | None:
    """추정자산 at the last close before the day, else the first known on or after it. Won."""
    for kind in (DayWorth, Balance):
        rows = kind.objects.current().filter(account=account)
        before = rows.filter(day__lt=day).order_by("-day").values_list("estimated_assets", flat=True)[:1]
        after = rows.filter(day__gte=day).order_by("day").values_list("estimated_assets", flat=True)[:1]
        for found in (*before, *after):
            if found:
                return int(found)
    return None


def worth_at(account: Account, day: date) -> int | None:
    """추정자산 at the last close on or before the day. Won."""
    for kind in (DayWorth, Balance):
        rows = kind.objects.current().filter(account=account, day__lte=day).order_by("-day")
        for found in rows.values_list("estimated_assets", flat=True)[:1]:
            if found:
                return int(found)
    return None


def bound(asked: Asked, kind: str, title: str, sections: list[Section], preview: str) -> Content:
    """The report around its sections: heading, span, and what of it was frozen."""
    account = f"{asked.account.name} {asked.account.masked_number}".rstrip()
    first, last = asked.first, asked.last
    span = day_words(last) if first == last else f"{day_words(first)} ~ {day_words(last)}"
    return Content(
        kind=kind,
        language=asked.language,
        is_masked=asked.is_masked,
        first=first,
        last=last,
        as_of=asked.as_of,
        title=title,
        subject=_("%(title)s · %(day)s · %(account)s")
        % {"title": title, "day": last, "account": asked.account.name},
        preview=preview,
        account=f"{account} · {asked.account.get_environment_display()}",
        span=span,
        frozen=_frozen(asked),
        sections=tuple(section for section in sections if section.blocks),
        page=_("%(page)s / %(pages)s쪽") % {"page": "{page}", "pages": "{pages}"},
        unreadable=_("이 글꼴에 없는 글자는 □로 찍었습니다. 원문은 페이지에 있습니다."),
        form=FORM,
    )


def _frozen(asked: Asked) -> tuple[str, ...]:
    """What was known when, in sentences; and what a masked reader is told amounts as."""
    moment = moment_words(asked.as_of)
    told = [
        _("체결·판매·일별 손익·입출금·메모는 %(moment)s까지 키움이 알려 준 값입니다.") % {"moment": moment},
        _("매매 통계, 대사 상태와 평가 금액은 지난 판이 남지 않아 이 보고서를 만든 때의 값입니다."),
    ]
    if asked.is_masked:
        told.append(_("금액은 가렸습니다. 비율은 기간이 시작될 때의 추정자산에 견준 것입니다."))
    return tuple(told)
