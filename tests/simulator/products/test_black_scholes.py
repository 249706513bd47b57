"""The option formula against second computations: parity, slopes by finite differences, prices turned back."""

from dataclasses import replace
from math import exp

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kiwoomweb.simulator.products.black_scholes import RATE, Option, greeks, implied, value

options = st.builds(
    Option,
    call=st.booleans(),
    strike=st.floats(60, 140),
    years=st.floats(0.03, 0.5),
    dividend=st.sampled_from((0.0, 0.015)),
)
spots, volatilities = st.floats(80, 120), st.floats(0.15, 0.8)


@settings(max_examples=200)
@given(options, spots, volatilities)
def test_a_call_less_a_put_is_the_forward(option, spot, volatility):
    call, put = replace(option, call=True), replace(option, call=False)
    forward = spot * exp(-option.dividend * option.years) - option.strike * exp(-RATE * option.years)
    assert value(call, spot, volatility) - value(put, spot, volatility) == pytest.approx(forward, abs=1e-9)


@settings(max_examples=200)
@given(options, spots, volatilities)
def test_sensitivities_are_the_slopes_of_the_value(option, spot, volatility):
    found, step = greeks(option, spot, volatility), spot * 1e-4
    up, here, down = (value(option, spot + way * step, volatility) for way in (1, 0, -1))
    assert found.delta == pytest.approx((up - down) / (2 * step), abs=1e-5)
    assert found.gamma == pytest.approx((up - 2 * here + down) / step**2, abs=1e-4)
    wider, narrower = (value(option, spot, volatility + way * 1e-5) for way in (1, -1))
    assert found.vega == pytest.approx((wider - narrower) / 2e-5 / 100, abs=1e-6)
    later, sooner = (
        value(replace(option, years=option.years - way * 1e-6), spot, volatility) for way in (1, -1)
    )
    assert found.theta == pytest.approx((later - sooner) / 2e-6 / 365, abs=1e-5)


def test_rho_is_the_slope_over_the_rate(monkeypatch):
    from kiwoomweb.simulator.products import black_scholes

    option = Option(True, 105, 0.4)
    found = greeks(option, 100, 0.3).rho
    values = []
    for way in (1e-5, -1e-5):
        monkeypatch.setattr(black_scholes, "RATE", RATE + way)
        values.append(value(option, 100, 0.3))
    assert found == pytest.approx((values[0] - values[1]) / 2e-5 / 100, abs=1e-6)


@settings(max_examples=150)
@given(options, spots, volatilities)
def test_a_price_is_turned_back_into_its_volatility(option, spot, volatility):
    assume(greeks(option, spot, volatility).vega > 0.01)
    assert implied(option, spot, value(option, spot, volatility)) == pytest.approx(volatility, abs=1e-6)


def test_a_price_below_what_exercise_brings_has_no_volatility():
    assert implied(Option(True, 50, 0.2), 100, 40) is None


@settings(max_examples=100)
@given(options, spots, volatilities)
def test_values_stay_within_their_bounds(option, spot, volatility):
    worth = value(option, spot, volatility)
    most = spot if option.call else option.strike
    assert 0 <= worth <= most
    assert worth <= value(option, spot, volatility + 0.1) + 1e-12
    found = greeks(option, spot, volatility)
    assert 0 <= found.delta <= 1 if option.call else -1 <= found.delta <= 0
    assert found.gamma >= 0
    assert found.vega >= 0
