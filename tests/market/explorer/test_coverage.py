"""The list of what was asked for: 102 rows, each with a place that is there, or a sentence why it is not."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from kiwoomweb.broker.catalogue import find
from market.explorer.coverage import Coverage, requested
from market.models import Answered

pytestmark = pytest.mark.django_db


def page_of(person, account):
    return person.get(f"/a/{account.code}/coverage/").content.decode()


def lines_of(account, answered=()):
    return [line for _, lines in Coverage(account.code, dict(answered)).sections for line in lines]


def test_there_are_102_rows_of_four_kinds():
    assert len(requested()) == 102
    assert {status: n for status, _, _, n in Coverage("x", {}).sums} == {
        "same": 59,
        "renumbered": 18,
        "covered": 17,
        "missing": 8,
    }


@pytest.mark.parametrize("row", requested(), ids=lambda row: f"{row.section}-{row.number}")
def test_every_row_has_a_tr_and_a_place_or_a_sentence_why_not(row, viewer, account):
    assert bool(row.trs) == (row.status != "missing")
    assert bool(row.reason) == (row.status in {"covered", "missing"})
    for tr in row.trs:
        assert find(tr)
        assert viewer.get(reverse("market:tr", args=[account.code, tr])).status_code == 200
    assert row.status != "same" or row.trs == (row.asked,)
    if row.trs:
        line = next(
            line for _, lines in Coverage(account.code, {}).sections for line in lines if line.asked is row
        )
        assert viewer.get(line.address).status_code == 200
        assert line.place


def test_the_page_shows_every_row_with_its_real_tr(viewer, account):
    page = page_of(viewer, account)
    for row in requested():
        assert row.name in page
        assert all(f"/tr/{tr}/" in page for tr in row.trs)


def test_what_is_not_offered_says_why_in_both_languages(viewer, account):
    missing = [row for row in requested() if row.status == "missing"]
    assert all(row.reason.endswith(".") and row.reason in page_of(viewer, account) for row in missing)
    with translation.override("en"):
        assert not any(re.search("[가-힣]", row.reason) for row in missing)


def test_the_latest_success_of_a_row_is_that_of_any_of_its_trs(viewer, account):
    now = timezone.now().replace(microsecond=0)
    Answered.objects.create(account=account, tr="ka10001", at=now - timedelta(days=1))
    Answered.objects.create(account=account, tr="ka10095", at=now)
    told = dict(Answered.objects.values_list("tr", "at"))
    price = next(
        line for line in lines_of(account, told) if (line.asked.section, line.asked.number) == ("시세", 1)
    )
    assert price.answered == now
    assert "102개 가운데" in page_of(viewer, account)


def test_every_section_counts_from_one():
    by_section = {}
    for row in requested():
        by_section.setdefault(row.section, []).append(row.number)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_section.values())
