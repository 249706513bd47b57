"""What every figure of the statistics means in plain words."""

from portfolio.presenting.stats.words.conditions import CONDITIONS
from portfolio.presenting.stats.words.edge import EDGE
from portfolio.presenting.stats.words.habits import HABITS
from portfolio.presenting.stats.words.inside import INSIDE
from portfolio.presenting.stats.words.money import MONEY
from portfolio.presenting.stats.words.path import PATH
from portfolio.presenting.stats.words.said import Said
from portfolio.presenting.stats.words.when import WHEN

__all__ = ["SAID", "Said"]

SAID = {**EDGE, **INSIDE, **PATH, **WHEN, **MONEY, **HABITS, **CONDITIONS}
