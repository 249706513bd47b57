"""Templates keep their habits: components know no queries, addresses are reversed, pages fit a screen."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
#: Lines of a template, and regions of a page that refresh alone.
LONGEST, MOST_REGIONS = 90, 5


def named(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("path", sorted((TEMPLATES / "cotton").glob("*.html")), ids=named)
def test_a_component_asks_the_database_nothing(path):
    assert not re.search(r"\.(all|filter|count|exists|first|last|objects)\b", path.read_text())


def test_htmx_asks_addresses_that_are_reversed_never_written_out():
    """Reversed on the spot, or before under a name; or the page's own address for a part of it."""
    asked = set()
    for path in PAGES:
        source = path.read_text()
        names = re.findall(r"{% url [^%]+ as (\w+) %}", source)
        fine = ("{% url ", "{{ request.get_full_path }}", *(f"{{{{ {name} }}}}" for name in names))
        found = re.findall(r"hx-(?:get|post)=\"([^\"]*)", source)
        asked |= {(named(path), value) for value in found if not value.startswith(fine)}

    assert asked == set()


def test_no_template_carries_style_or_script_of_its_own():
    """But the letter: where that is read no style sheet can be asked for. Its own is laid in as a whole, and
    what only Outlook heeds stands in its comments."""
    for path in PAGES:
        source = path.read_text().replace('<style>{% include "reports/mail.css" %}</style>', "")
        source = re.sub(r"<!--\[if mso\]>.*?<!\[endif\]-->", "", source)
        assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style", source), named(path)
        assert not re.search(r"<script(?![^>]*\bsrc=)", source), named(path)


def test_templates_fit_a_glance():
    assert {named(path) for path in PAGES if len(path.read_text().splitlines()) > LONGEST} == set()
    assert {named(path) for path in PAGES if path.read_text().count("{% partialdef ") > MOST_REGIONS} == set()


def test_every_icon_that_is_asked_for_is_drawn():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (TEMPLATES.parent / "static/icons/icons.svg").read_text()))
    asked = {
        name
        for path in PAGES
        for pair in re.findall(r"\{% icon \"([^\"]+)\"|<c-empty icon=\"([^\"]+)\"", path.read_text())
        for name in pair
        if name
    }

    assert asked - drawn == set()
