"""Names and colours as people give them: made canonical, or refused in a sentence."""

from django.utils.translation import gettext as _

__all__ = ["COLORS", "Refused", "colored", "named"]

#: The palette; red and blue belong to profit and loss.
COLORS = ("slate", "amber", "lime", "green", "teal", "violet", "pink", "brown")


class Refused(ValueError):
    """Why it cannot be, in the reader's language."""


def named(text: str, longest: int = 40) -> str:
    """A name on one line."""
    name = " ".join(text.replace("\x00", "").split())
    if not name:
        raise Refused(_("이름을 적어 주세요."))
    if len(name) > longest:
        raise Refused(
            _("%(n)s자까지 적을 수 있습니다. 지금 %(now)s자입니다.") % {"n": longest, "now": len(name)}
        )
    return name


def colored(text: str, *, may_be_blank: bool = False) -> str:
    """A colour of the palette."""
    if text in COLORS or (may_be_blank and not text):
        return text
    raise Refused(_("색은 화면에 있는 것 가운데 하나를 골라 주세요."))
