"""Five hundred scripts as names, notes, tags, files and broker's words: shown as text, run by no page."""

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from kiwoomweb.access.services.auditing import record
from portfolio.models import Tag, TagGroup
from tests.security.routes import ROUTES, address
from tests.ui.conftest import desk, full_account

__all__ = ["desk", "full_account"]

#: Each calls ``X(number)``, which does not exist: whatever runs is an error on the page.
FORMS = (
    "<script>X({})</script>",
    "</script><script>X({})//",
    "<img src=x onerror=X({})>",
    "<svg onload=X({})>",
    '"><svg/onload=X({})>',
    "'><img src=x onerror=X({})>",
    "<body onload=X({})>",
    "<iframe src=javascript:X({})>",
    "javascript:X({})",
    "<a href=javascript:X({})>a</a>",
    '" onmouseover=X({}) a="',
    "' autofocus onfocus=X({}) '",
    "</title><script>X({})",
    "</textarea><svg onload=X({})>",
    "{{{{X({})}}}}",
    "${{X({})}}",
    "';X({});//",
    "\\u003cscript>X({})",
    "&lt;script&gt;X({})",
    "&#60;svg onload=X({})>",
    "<details open ontoggle=X({})>",
    "<base href=//x/{}>X({})",
    "--><svg onload=X({})>",
    "<style>@import 'X({})'",
    "]]><svg onload=X({})>",
)
PAYLOADS = [form.format(*[number] * form.count("{}")) for number in range(20) for form in FORMS]
PAYLOADS = [text.replace("X(", f"X({place}0") for place, text in enumerate(PAYLOADS)]
MARK = re.compile(r"X\((\d+)0\d+")
#: Fields that hold what people, files or the broker have said.
WORDS = {
    "name",
    "memo",
    "note",
    "text",
    "words",
    "reason",
    "display_name",
    "trouble_sentence",
    "about",
    "said",
    "why",
    "message",
    "title",
    "label",
    "after",
    "before",
    "sector",
    "name_en",
    "comment",
    "body",
    "subject_text",
}
#: Rows that are made by migrations, or by which rows are found.
LEFT = ("auth", "contenttypes", "sessions", "account", "mfa", "usersessions", "socialaccount", "admin")


def poisoned(owner: Any, account: Any) -> None:
    """Every word in the database becomes a script, and the label list is long enough for all of them."""
    group = TagGroup.objects.create(
        team=account.team, kind=TagGroup.Kind.values[0], name="scripts", created_at=timezone.now()
    )
    Tag.objects.bulk_create(Tag(group=group, name=text[:40], created_at=timezone.now()) for text in PAYLOADS)
    texts = (f"{PAYLOADS[number % len(PAYLOADS)]}" for number in count())
    for model in apps.get_models():
        if model._meta.app_label in LEFT or model._meta.label == "access.AuditEntry" or model is Tag:
            continue
        for field in model._meta.concrete_fields:
            if (
                field.name in WORDS
                and isinstance(field, models.CharField | models.TextField)
                and not field.choices
            ):
                _poison(model, field, texts)
    for text in PAYLOADS[:60]:
        record("note.saved", by=owner, account=account, about=text, detail={"name": text})


def _poison(model: type[models.Model], field: Any, texts: Iterator[str]) -> None:
    for row in model._base_manager.all()[:120]:
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=row.pk).update(
                    **{field.name: next(texts)[: field.max_length or 500]}
                )
        except IntegrityError:  # a name that is taken, or has only some values
            continue


def pages(owner: Any, account: Any) -> Iterator[tuple[str, set[str]]]:
    """Every page that answers a plain question and shows any of it, with what it shows."""
    owner.browser.raise_request_exception = False
    for route in ROUTES.values():
        if route.path.startswith("ws/") or (":pk>" in route.path and "trades/" not in route.path):
            continue
        trade = account.trades.order_by("pk").first()
        path = address(route.path, account.code, account.team.code, trade.pk if trade else 1)
        answer = owner.get(path)
        is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
        if is_page and (found := set(MARK.findall(answer.content.decode()))):
            yield path, found


#: Every JSON the page reads, wherever it comes from, brings along what would change all objects of the page if
#: it were copied part by part without thought.
POLLUTED = """
{
  const parse = JSON.parse, poison = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}'
  const start = /^\\s*\\{(\\s*\\})?/
  const poisoned = (text) => String(text).replace(start, (_, end) => `{${poison}${end ? "}" : ","}`)
  globalThis.readings = 0
  JSON.parse = (text, ...rest) => { globalThis.readings += 1; return parse(poisoned(text), ...rest) }
  Response.prototype.json = async function () { return JSON.parse(await this.text()) }
}
"""


@pytest.mark.security("S-10", asvs=["1.2.1", "1.2.3", "3.2.2", "1.3.1", "1.3.5"])
@pytest.mark.security("S-12", asvs=["3.4.3"])
@pytest.mark.security("S-73", asvs=["15.3.6"])
def test_no_page_runs_what_it_shows(desk: Any, full_account: Any) -> None:
    owner = full_account.owner
    assert len(set(PAYLOADS)) == 500
    poisoned(owner.user, full_account)
    shown = list(pages(owner, full_account))
    assert len(set().union(*(marks for _path, marks in shown))) == 500
    assert len(shown) > 15
    desk.add_init_script(POLLUTED)
    read = 0
    for path, _marks in shown:
        whole = desk.open(path)
        read += whole.evaluate("() => globalThis.readings")
        assert whole.evaluate("() => [({}).polluted, [].polluted, (() => 0).polluted]") == [None] * 3, path
        assert (
            whole.evaluate("() => document.querySelectorAll('[onerror],[onload],[onfocus],base,embed').length")
            == 0
        )
        assert (
            whole.evaluate(
                "() => [...document.scripts].filter((each) => /X\\(/.test(each.textContent) "
                "&& !/json|importmap/.test(each.type)).length"
            )
            == 0
        )
    assert read > len(shown), "pages read JSON"
    labels = desk.open("labels/")
    held = labels.evaluate(
        "() => document.body.textContent"
        " + [...document.querySelectorAll('input')].map((each) => each.value).join()"
    )
    assert [text for text in PAYLOADS if text[:40] not in held] == []
