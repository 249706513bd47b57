"""Forms: the part of a request a person fills in; what is the same every time is put back before it is sent.

A condition search names itself (``trnm``); a realtime type is registered by an item alone.
"""

from collections.abc import Mapping
from dataclasses import replace

from kiwoomweb.broker.catalogue import TR, Field
from kiwoomweb.broker.samples import SAMPLE

__all__ = ["asked_of", "sent_of"]

#: What the requests of 조건검색 call themselves (PROTOCOL 8.8).
NAMES = {"ka10171": "CNSRLST", "ka10172": "CNSRREQ", "ka10173": "CNSRREQ", "ka10174": "CNSRCLR"}
#: Paging is not for a person to fill in.
OWN = frozenset({"trnm", "cont_yn", "next_key"})

#: Types that are heard for the whole account or the whole market, whatever item is named (PROTOCOL 8.5).
WITHOUT_ITEM = frozenset({"00", "04", "0s"})
OF_SECTORS = frozenset({"0J", "0U"})
SHARE = Field("item", "종목코드", required=True, format="symbol")
SECTOR = Field("item", "업종코드", required=True, lookup="ka10101")
#: The world's gold, in won a gram and in dollars an ounce.
GOLD = Field("item", "종목코드", required=True, choices={"MGD": "원/g", "MGU": "달러/온스"})


def asked_of(tr: TR) -> TR:
    """The same TR with only those fields in its request that a person fills in."""
    if tr.transport == "rest":
        return tr
    if tr.id in NAMES:
        return replace(tr, request=tuple(_known(item) for item in tr.request if item.name not in OWN))
    return replace(tr, request=_items(tr.id))


def sent_of(tr: TR, body: Mapping[str, str]) -> dict[str, str]:
    """The whole question over the socket, of what was filled in."""
    if tr.id in NAMES:
        paging = {"cont_yn": "N", "next_key": ""} if tr.id == "ka10172" else {}
        return {"trnm": NAMES[tr.id], **paging, **body}
    return {"trnm": SAMPLE, "type": tr.id, "item": body.get("item", "")}


def _known(item: Field) -> Field:
    """The number of a search is one of those the list names."""
    return replace(item, lookup="ka10171") if item.name == "seq" else item


def _items(kind: str) -> tuple[Field, ...]:
    if kind in WITHOUT_ITEM:
        return ()
    if kind in OF_SECTORS:
        return (SECTOR,)
    if kind == "0I":
        return (GOLD,)
    return (replace(SHARE, required=False) if kind == "1h" else SHARE,)
