"""Replies about conditions and watchlists."""

from collections.abc import Mapping

from kiwoomweb.simulator.replies.asking import Reply
from kiwoomweb.simulator.replies.looks import Look
from kiwoomweb.simulator.replies.screening import watchlists

__all__ = ["LOOKS", "REPLIES"]

#: TR id -> what answers it.
REPLIES: Mapping[str, Reply] = {"ka01300": watchlists.group_list, "ka01301": watchlists.group}
#: Realtime type -> what it looks like now.
LOOKS: Mapping[str, Look] = {}
