"""``{% kept "rail" shell=shell.frame %}…{% endkept %}``: a part of a page that is drawn once and then kept.

The block sees the names it is given and nothing else: no person, no request, no token. What it draws follows
from them and from the language, so that a kept part cannot be anybody else's or out of date. The values must be
hashable. It is kept for this process; while DEBUG shows changing templates nothing is.
"""

from collections.abc import Hashable
from typing import Any

from django import template
from django.conf import settings
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.utils.safestring import SafeString
from django.utils.translation import get_language

__all__ = ["forget_all", "kept"]

register = template.Library()

#: A part has a variant for each language, account and place; beyond so many of them all are drawn anew.
MOST = 2_000
_drawn: dict[Hashable, SafeString] = {}


class Kept(Node):
    """The block with its name and the expressions of what it sees."""

    def __init__(self, name: str, seen: dict[str, FilterExpression], body: NodeList) -> None:
        self.name, self.seen, self.body = name, seen, body

    def render(self, context: Context) -> SafeString:
        values = {name: expression.resolve(context) for name, expression in self.seen.items()}
        key = (self.name, get_language(), *values.items())
        drawn = _drawn.get(key)
        return self._draw(context, values, key) if drawn is None else drawn

    def _draw(self, context: Context, values: dict[str, Any], key: Hashable) -> SafeString:
        drawn = self.body.render(context.new(values))
        if not settings.DEBUG:
            if len(_drawn) >= MOST:
                forget_all()
            _drawn[key] = drawn
        return drawn


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """Takes a name of its own among all parts and ``name=value`` for each thing the block sees."""
    bits = token.split_contents()[1:]
    seen = token_kwargs(bits[1:], parser)
    if not bits or len(seen) != len(bits) - 1:
        raise template.TemplateSyntaxError('{% kept "name" seen=value … %}')
    body = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(bits[0].strip("\"'"), seen, body)


def forget_all() -> None:
    """Draw every part anew."""
    _drawn.clear()
