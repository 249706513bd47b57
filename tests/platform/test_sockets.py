"""The web process's own way of reading and writing frames says what RFC 6455 says."""

import pytest

from kiwoomweb.operation.benchmarks.relay.wire import Inbox, server_frame
from kiwoomweb.operation.sockets import framed, small_text


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 300_000])
def test_a_frame_holds_its_text(size: int) -> None:
    payload = b"a" * size
    assert framed(payload) == server_frame(payload)
    assert [*Inbox().take(framed(payload))] == [(1, payload)]


def test_a_small_text_is_read_through_its_mask() -> None:
    # The masked "Hello" of RFC 6455, 5.7.
    assert small_text(bytes.fromhex("818537fa213d7f9f4d5158")) == b"Hello"


@pytest.mark.parametrize(
    "data",
    ["", "81", "8180", "818037fa213d", "810548656c6c6f", "828537fa213d7f9f4d5158", "018537fa213d7f9f4d5158",
     "818537fa213d7f9f4d51", "818537fa213d7f9f4d515800", "8185ffffffffff"],
)  # fmt: skip
def test_anything_else_is_left_to_the_server(data: str) -> None:
    assert small_text(bytes.fromhex(data)) == b""
