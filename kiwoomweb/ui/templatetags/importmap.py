"""``{% importmap %}`` and ``{% stylesheets %}``: everything the head of a page loads."""

import json

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kiwoomweb.ui.modules import import_map, style_sheets

register = template.Library()


@register.simple_tag(takes_context=True)
def importmap(context: Context) -> SafeString:
    """The import map with the nonce of this answer: modules import each other by bare name."""
    table = json.dumps({"imports": import_map()}, separators=(",", ":")).replace("<", "\\u003c")
    return format_html(
        '<script type="importmap" nonce="{}">{}</script>',
        context.get("CSP_NONCE", ""),
        SafeString(table),
    )


@register.simple_tag
def stylesheets() -> SafeString:
    """One link for each sheet; layers, not order, decide which rule wins."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((url,) for url in style_sheets()))
