"""The broker of the journal's tests serves here too."""

from tests.portfolio.conftest import clock, connected, kiwoom

__all__ = ["clock", "connected", "kiwoom"]
