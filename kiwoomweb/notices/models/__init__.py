"""What was told to whom, by which way, and what became of it."""

from kiwoomweb.notices.models.channel import Channel, Digest, Habits, Way
from kiwoomweb.notices.models.delivery import Delivery, State
from kiwoomweb.notices.models.notice import Notice, Telling
from kiwoomweb.notices.models.opt_out import OptOut

__all__ = ["Channel", "Delivery", "Digest", "Habits", "Notice", "OptOut", "State", "Telling", "Way"]
