"""Reading a filter's query word by word: what is understood is kept, what is not becomes a sentence."""

import re
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from portfolio.selectors.filtering.wording import CHOICES
from portfolio.spans import PERIODS, period

__all__ = ["Reading"]

SYMBOL = re.compile(r"[0-9A-Za-z]{1,20}")
#: Values of one field that are looked at; an address can hold no more sensibly.
MOST = 50
LONGEST_TEXT = 60
LARGEST = 2**63 - 1


class Reading:
    """One query being read. ``told`` gathers the sentences about what was left out."""

    def __init__(self, query: QueryDict, today: date) -> None:
        self.query, self.today = query, today
        self.told: list[str] = []

    def span(self) -> tuple[str, date | None, date | None]:
        """Period name, first and last day; a name goes before days."""
        name = self.query.get("period", "").strip()
        if name in PERIODS and name != "all":
            named = period(name, self.today)
            return name, named.first, named.last
        if name not in ("", "all"):
            self._leave_out(name)
        first, last = self._day("first"), self._day("last")
        if first and last and first > last:
            self.told.append(_("시작일이 종료일보다 늦어 두 날짜를 바꾸어 찾았습니다."))
            first, last = last, first
        return "", first, last

    def choices(self, parameter: str) -> tuple[str, ...]:
        """Known words of one field, in the order the page lists them."""
        asked = self._asked(parameter)
        known = CHOICES[parameter]
        for word in asked:
            if word not in known:
                self._leave_out(word)
        return tuple(word for word in known if word in asked)

    def choice(self, parameter: str) -> str:
        """One known word; the last one said."""
        return (self.choices(parameter) or ("",))[-1]

    def numbers(self, parameter: str, least: int = 1, most: int = LARGEST) -> tuple[int, ...]:
        """Whole numbers in range, rising."""
        found = set()
        for word in self._asked(parameter):
            if word.isascii() and word.isdigit() and len(word) < 20 and least <= int(word) <= most:
                found.add(int(word))
            else:
                self._leave_out(word)
        return tuple(sorted(found))

    def symbols(self) -> tuple[str, ...]:
        """Codes that could be symbols."""
        asked = self._asked("symbol")
        for word in asked:
            if not SYMBOL.fullmatch(word):
                self._leave_out(word)
        return tuple(sorted({word.upper() for word in asked if SYMBOL.fullmatch(word)}))

    def text(self) -> str:
        """Words looked for in the name or code of the symbol."""
        return " ".join(self.query.get("q", "").replace("\x00", "").split())[:LONGEST_TEXT]

    def _day(self, parameter: str) -> date | None:
        word = self.query.get(parameter, "").strip()
        if not word:
            return None
        try:
            return date.fromisoformat(word)
        except ValueError:
            self._leave_out(word)
            return None

    def _asked(self, parameter: str) -> list[str]:
        words = [word.strip() for word in self.query.getlist(parameter) if word.strip()]
        if len(words) > MOST:
            told = _("한 조건에는 %(n)s개까지만 씁니다. 나머지는 빼고 찾았습니다.")
            self.told.append(told % {"n": MOST})
        return words[:MOST]

    def _leave_out(self, word: str) -> None:
        told = _("주소의 ‘%(word)s’은(는) 알 수 없는 조건이라 빼고 찾았습니다.")
        self.told.append(told % {"word": word[:40].replace("\x00", "")})
