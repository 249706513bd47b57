"""The shell around every page: what it loads, under which rules, for whom."""

import json
import re

import pytest
from django.templatetags.static import static
from django.urls import reverse

from kiwoomweb.ui.modules import import_map, style_sheets

pytestmark = pytest.mark.django_db


def settings_page(person) -> str:
    return person.get(reverse("settings")).content.decode()


def test_a_visitor_signs_in_before_the_settings(visitor):
    assert visitor.get(reverse("settings")).status_code == 302


def test_scripts_need_this_answer_s_nonce_and_nothing_may_evaluate_text(owner):
    answer = owner.get(reverse("settings"))
    policy = answer.headers["Content-Security-Policy"]

    nonce = re.search(r"'nonce-([^']+)'", policy)[1]
    assert f'<script type="importmap" nonce="{nonce}">' in answer.content.decode()
    script = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in policy
    assert script.split()[1:] == ["'self'", f"'nonce-{nonce}'"]


def test_each_answer_has_a_nonce_of_its_own(owner):
    policies = {owner.get(reverse("settings")).headers["Content-Security-Policy"] for _ in range(3)}

    assert len(policies) == 3


def test_every_module_of_ours_can_be_imported_by_its_bare_name(owner):
    table = json.loads(re.search(r'<script type="importmap"[^>]*>(.*?)</script>', settings_page(owner))[1])

    assert table["imports"] == import_map()
    assert import_map()["#lib/format"] == static("js/lib/format.js")
    assert {"plotly", "lightweight-charts", "partysocket"} <= set(import_map())


def test_sheets_come_in_the_order_of_their_layers():
    names = [address.removeprefix(static("css/")) for address in style_sheets()]

    assert names[:3] == ["reset.css", "tokens.css", "layout.css"]
    assert names.index("components/card.css") < names.index("pages/journal.css")


def test_no_page_carries_inline_style_or_script(owner, account):
    for path in (reverse("settings"), reverse("portfolio:overview", args=[account.code])):
        page = owner.get(path).content.decode()
        assert " style=" not in page
        assert not re.search(r"\son\w+=", page)
        assert set(re.findall(r"<script(?![^>]*\bsrc=)[^>]*?type=\"([^\"]+)\"", page)) <= {
            "importmap",
            "application/json",
        }


def test_htmx_may_not_evaluate_text(owner):
    page = settings_page(owner)

    told = json.loads(re.search(r"<meta name=\"htmx-config\" content='([^']+)'", page)[1])
    assert told["allowEval"] is False
    assert told["includeIndicatorStyles"] is False
    assert "htmx-2" in page


def test_accounts_of_strangers_are_in_nobody_s_menu(owner, account, strangers_account):
    page = settings_page(owner)

    assert account.code in page
    assert strangers_account.code not in page
    assert strangers_account.number not in page


def test_only_the_last_four_digits_of_an_account_are_ever_shown(owner, live_account):
    page = settings_page(owner)

    assert "****-4471" in page
    assert live_account.number not in page


def test_without_an_account_the_way_leads_to_connecting_one(stranger):
    page = settings_page(stranger)

    assert reverse("access:connect") in page
    assert 'class="frame' not in page


def test_the_language_changes_without_losing_the_page(owner, account):
    path = f"{reverse('portfolio:pnl', args=[account.code])}?by=symbol"

    answer = owner.post(reverse("set_language"), {"language": "en", "next": path})

    assert answer.url == path
    assert '<html lang="en">' in owner.get(path).content.decode()
