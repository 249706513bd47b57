"""``{% importmap %}`` and ``{% stylesheets %}``: everything the head of a page loads."""

import json

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kiwoomweb.ui.integrity import of_package
from kiwoomweb.ui.modules import import_map, pins, style_sheets

register = template.Library()
HTMX = "django_htmx/htmx-2.min.js"


@register.simple_tag(takes_context=True)
def importmap(context: Context) -> SafeString:
    """The import map with the nonce of this answer: modules import each other by bare name, and those of others
    run only as we know them."""
    whole = {"imports": import_map(), "integrity": pins()}
    table = json.dumps(whole, separators=(",", ":")).replace("<", "\\u003c")
    return format_html(
        '<script type="importmap" nonce="{}">{}</script>',
        context.get("CSP_NONCE", ""),
        SafeString(table),
    )


@register.simple_tag
def htmx() -> SafeString:
    """The script of htmx, which comes with its package; run only as the package was locked."""
    return format_html(
        '<script src="{}" integrity="{}" defer></script>', static(HTMX), of_package("django-htmx", HTMX)
    )


@register.simple_tag
def stylesheets() -> SafeString:
    """One link for each sheet; layers, not order, decide which rule wins."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((url,) for url in style_sheets()))
