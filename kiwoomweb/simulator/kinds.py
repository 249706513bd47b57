"""매매구분: the order types and what each asks for (PROTOCOL 7.2)."""

from dataclasses import dataclass

__all__ = ["KINDS", "Kind"]


@dataclass(frozen=True, slots=True)
class Kind:
    """``priced`` orders name a price, others take the book's: ``follows`` "any", "other" or "own" side.

    ``immediate`` orders never rest (IOC); ``whole`` ones fill completely or not at all (FOK).
    """

    code: str
    label: str
    priced: bool = True
    follows: str = ""
    immediate: bool = False
    whole: bool = False


KINDS = {
    kind.code: kind
    for kind in (
        Kind("0", "보통"),
        Kind("3", "시장가", priced=False, follows="any"),
        Kind("6", "최유리지정가", priced=False, follows="other"),
        Kind("7", "최우선지정가", priced=False, follows="own"),
        Kind("10", "보통(IOC)", immediate=True),
        Kind("13", "시장가(IOC)", priced=False, follows="any", immediate=True),
        Kind("16", "최유리(IOC)", priced=False, follows="other", immediate=True),
        Kind("20", "보통(FOK)", immediate=True, whole=True),
        Kind("23", "시장가(FOK)", priced=False, follows="any", immediate=True, whole=True),
        Kind("26", "최유리(FOK)", priced=False, follows="other", immediate=True, whole=True),
    )
}
