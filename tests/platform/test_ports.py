"""Ports: two programs of one start never take the same."""

from kiwoomweb.operation.ports import free_port

HOST = "127.0.0.1"


def test_the_port_the_pages_were_given_is_left_to_them() -> None:
    wished = free_port(HOST, 0)
    assert free_port(HOST, wished) == wished
    assert free_port(HOST, wished, but=wished) not in {0, wished}
