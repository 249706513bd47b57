"""Drawn things: they escape what they are given and say nothing about what is unknown."""

import pytest

from kiwoomweb.ui.templatetags.figures import icon, plot, share, spark


def test_a_figure_cannot_close_its_own_script():
    assert "</script><b>" not in plot({"title": "</script><b>"}, "곡선").replace("</plot-figure>", "")
    assert "\\u003C/script\\u003E" in plot({"title": "</script>"}, "곡선")


def test_a_figure_is_described_to_whoever_cannot_see_it():
    assert 'role="img" aria-label="누적 &lt;손익&gt;"' in plot({}, "누적 <손익>")


@pytest.mark.parametrize("values", [[], [3]])
def test_a_line_needs_two_points(values):
    assert spark(values) == ""


def test_a_flat_line_is_no_division_by_zero():
    assert "polyline" in spark([5, 5, 5])


@pytest.mark.parametrize(("value", "width"), [(None, "0"), (-3, "0"), (36.64, "36.6"), (250, "100")])
def test_a_share_stays_within_its_bar(value, width):
    assert f'width="{width}%"' in share(value).replace(".0%", "%")


def test_an_icon_is_silent():
    assert 'aria-hidden="true"' in icon("eye")
