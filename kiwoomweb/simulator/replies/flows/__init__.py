"""Replies about who traded: investors, member firms, programs, credit, short sales and lending."""

from collections.abc import Mapping

from kiwoomweb.simulator.replies.asking import Reply
from kiwoomweb.simulator.replies.looks import Look

__all__ = ["LOOKS", "REPLIES"]

#: TR id -> what answers it.
REPLIES: Mapping[str, Reply] = {}
#: Realtime type -> what it looks like now.
LOOKS: Mapping[str, Look] = {}
