"""The server's figures say what the table says; the browser's are held against the same table."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.translation import override

from kiwoomweb.ui.templatetags import money

CASES = json.loads(Path(__file__).with_name("figures.json").read_text())


def number(value: int | str | None) -> int | Decimal | None:
    return Decimal(value) if isinstance(value, str) else value


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['as']}-{case['value']}")
def test_a_figure_reads_as_the_table_says(case, language):
    with override(language):
        text = getattr(money, case["as"])(number(case["value"]))

    assert text == case.get(language, case["ko"])


def test_a_loss_is_blue_and_carries_a_mark_that_needs_no_colour():
    text = money.profit(-58_240)

    assert 'class="amount fall"' in text
    assert "▼" in text
    assert 'title="−58,240"' in text
    assert text.endswith("58,240</span>")


def test_what_is_unknown_is_neither_zero_nor_coloured():
    assert money.trend(None) == "unknown"
    assert money.trend(0) == "flat"
    assert "—" in money.profit(None)
    assert money.profit(0) == '<span class="amount flat">0</span>'


def test_hidden_amounts_leave_rates_readable():
    assert "amount" in money.profit(1)
    assert "amount" not in money.rate(Decimal("1.5"))
