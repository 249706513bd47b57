"""Everything a person reads exists in English with the same holes; the compiled catalogue is up to date."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from tests.architecture.sources import calls, modules

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "kiwoomweb" / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLAIN = ("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy")
WITH_CONTEXT = ("pgettext", "pgettext_lazy")
LITERAL = r"""\s*(u?"(?:\\.|[^"\\])*"|u?'(?:\\.|[^'\\])*')\s*"""
MARKED = re.compile(rf"\b(p?n?gettext|_)\({LITERAL}(?:,{LITERAL})?")
HOLE = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%")

Words = tuple[str, str]


def in_python() -> Iterator[Words]:
    """(context, text) of every marked literal of the project's modules, the simulator's wire texts apart."""
    for path, tree in modules().items():
        if "simulator" in path.parts:
            continue
        for call in calls(tree, *PLAIN, *WITH_CONTEXT):
            texts = [each.value for each in call.args if isinstance(each, ast.Constant)]
            if texts and isinstance(texts[0], str):
                has_context = ast.unparse(call.func).rpartition(".")[2] in WITH_CONTEXT
                yield (texts[0], texts[1]) if has_context else ("", texts[0])


def in_templates() -> Iterator[Words]:
    """(context, text) of every marked text of the templates."""
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix not in {".html", ".txt"}:
            continue
        for name, first, second in MARKED.findall(templatize(path.read_text(), origin=str(path))):
            texts = [ast.literal_eval(text) for text in (first, second) if text]
            yield (texts[0], texts[1]) if name.startswith("p") else ("", texts[0])


def written() -> dict[Words, polib.POEntry]:
    return {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(CATALOGUE))}


def english(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_everything_marked_has_english_words():
    marked = {*in_python(), *in_templates()}

    assert len(marked) > 300
    assert sorted(marked - written().keys()) == []
    assert [entry.msgid for entry in written().values() if not all(english(entry))] == []


def test_nothing_is_translated_that_nobody_says():
    assert sorted(written().keys() - {*in_python(), *in_templates()}) == []


def test_english_is_english_and_keeps_its_holes():
    for entry in written().values():
        for text in english(entry):
            assert not re.search(r"[가-힣]", text), entry.msgid
            assert set(HOLE.findall(text)) == set(HOLE.findall(entry.msgid)), entry.msgid


def test_the_compiled_catalogue_is_the_written_one():
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    assert {(e.msgctxt or "", e.msgid): english(e) for e in compiled} == {
        key: english(entry) for key, entry in written().items()
    }


def test_no_korean_text_of_a_template_is_left_unmarked():
    """What remains of a template when everything marked and every comment is taken out is not Korean."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        source = re.sub(
            r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}|<!--.*?-->", "", path.read_text(), flags=re.S
        )
        source = re.sub(r"\{% blocktrans(?:late)?\b.*?\{% endblocktrans(?:late)? %\}", "", source, flags=re.S)
        source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.S)
        assert re.findall(r"[가-힣][^<\"]*", source) == [], path.name
