"""The proof of days: what is known of them, when they were read, and in which state they are."""

from portfolio.selectors.proof.states import day_state, states_between

__all__ = ["day_state", "states_between"]
