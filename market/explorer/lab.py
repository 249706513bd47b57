"""The lab: one TR on the bench — its form, how it is asked, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from kiwoomweb.access import gateway
from kiwoomweb.access.errors import LiveRefused
from kiwoomweb.access.models import Account
from kiwoomweb.broker.catalogue import TR, Field
from kiwoomweb.broker.environment import KIWOOM, Environment
from kiwoomweb.broker.forms import asked_of
from market.explorer.answer import Answer
from market.explorer.question import Input, inputs
from market.explorer.snippet import snippet
from market.explorer.ways import Way, way_of
from market.selectors.instruments import named

__all__ = ["Lab"]


@dataclass(frozen=True)
class Lab:
    """What the middle and the right of the page show. ``body`` is what the form holds, by wire name."""

    tr: TR
    account: Account
    body: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)
    answer: Answer | None = None
    is_favourite: bool = False
    #: A sentence where nothing could be asked at all: an old result, a silent stream.
    trouble: str = ""

    @property
    def way(self) -> Way:
        return way_of(self.tr)

    @cached_property
    def inputs(self) -> list[Input]:
        symbols = {text.partition("_")[0] for text in self.body.values()}
        known = {each.symbol: each for each in named(symbol for symbol in symbols if symbol)}
        return inputs(asked_of(self.tr), self.body, self.problems, known)

    @property
    def other_problems(self) -> list[str]:
        """Problems of fields the form does not have."""
        shown = {each.field.name for each in self.inputs}
        return [f"{name}: {problem}" for name, problem in self.problems.items() if name not in shown]

    @property
    def asked(self) -> list[tuple[int, Field]]:
        return _outline(self.tr.request)

    @property
    def told(self) -> list[tuple[int, Field]]:
        """Every field of the answer with its depth."""
        return _outline(self.tr.response)

    @property
    def rest(self) -> str:
        """The address questions go to; where this server may not ask, the broker's own all the same."""
        environment = Environment(self.account.environment)
        try:
            return gateway.address_of(environment).rest
        except LiveRefused:
            return KIWOOM[environment].rest

    @property
    def host(self) -> str:
        return urlsplit(self.rest).netloc

    @property
    def snippet(self) -> str:
        return snippet(self.tr, {name: text for name, text in self.body.items() if text}, self.rest)


def _outline(fields: tuple[Field, ...], depth: int = 0) -> list[tuple[int, Field]]:
    return [line for item in fields for line in [(depth, item), *_outline(item.fields, depth + 1)]]
