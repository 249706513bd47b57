"""매매구분: the order types and what each asks for (PROTOCOL 7.2, 7.7)."""

from dataclasses import dataclass

from kiwoomweb.broker.market_calendar import Phase

__all__ = ["KINDS", "Kind"]

DAY = frozenset((Phase.OPENING_AUCTION, Phase.REGULAR))
CONTINUOUS = frozenset((Phase.REGULAR,))


@dataclass(frozen=True, slots=True)
class Kind:
    """``priced`` orders name a price, others take one: ``follows`` says whose.

    "any" is the market's, "other" and "own" the best of the book's other or own side, "mid" the middle of both,
    "close" the close that the session trades at. ``immediate`` orders never rest (IOC); ``whole`` ones fill
    completely or not at all (FOK). ``phases`` are the only ones that take the kind; ``None`` leaves it to the
    venue's ordinary rule. ``home`` kinds are KRX's alone.
    """

    code: str
    label: str
    priced: bool = True
    follows: str = ""
    immediate: bool = False
    whole: bool = False
    phases: frozenset[Phase] | None = None
    home: bool = False


KINDS = {
    kind.code: kind
    for kind in (
        Kind("0", "보통"),
        Kind("3", "시장가", priced=False, follows="any"),
        Kind("5", "조건부지정가", phases=DAY, home=True),
        Kind("6", "최유리지정가", priced=False, follows="other"),
        Kind("7", "최우선지정가", priced=False, follows="own"),
        Kind("10", "보통(IOC)", immediate=True),
        Kind("13", "시장가(IOC)", priced=False, follows="any", immediate=True),
        Kind("16", "최유리(IOC)", priced=False, follows="other", immediate=True),
        Kind("20", "보통(FOK)", immediate=True, whole=True),
        Kind("23", "시장가(FOK)", priced=False, follows="any", immediate=True, whole=True),
        Kind("26", "최유리(FOK)", priced=False, follows="other", immediate=True, whole=True),
        Kind("28", "스톱지정가", phases=CONTINUOUS),
        Kind("29", "중간가", priced=False, follows="mid", phases=CONTINUOUS),
        Kind("30", "중간가(IOC)", priced=False, follows="mid", immediate=True, phases=CONTINUOUS),
        Kind("31", "중간가(FOK)", priced=False, follows="mid", immediate=True, whole=True, phases=CONTINUOUS),
        Kind(
            "61",
            "장전시간외",
            priced=False,
            follows="close",
            phases=frozenset((Phase.OPENING_AUCTION,)),
            home=True,
        ),
        Kind("62", "시간외단일가", phases=frozenset((Phase.SINGLE_PRICE,)), home=True),
        Kind(
            "81",
            "장후시간외",
            priced=False,
            follows="close",
            phases=frozenset((Phase.CLOSING_PRICE,)),
            home=True,
        ),
    )
}
