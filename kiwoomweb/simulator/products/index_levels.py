"""Levels of indices that products follow and the market's own sectors do not quote."""

__all__ = ["HUNDREDTHS", "KOSDAQ150"]

#: Sector levels are kept in hundredths of a point.
HUNDREDTHS = 0.01
#: KOSDAQ150 stands so many times as high as KOSDAQ (101), and moves with it.
KOSDAQ150 = 1.65
