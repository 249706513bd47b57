"""How a browser comes in at ours: it fetches a pass with its cookie, then asks for the socket with it."""

import json
from http.client import HTTPConnection, HTTPException

__all__ = ["with_pass"]

SOCKET, PAGE = "/ws/live/", "/a/"


def with_pass(host: str, port: int, path: str, cookie: str) -> str:
    """``/ws/live/<code>/`` with a fresh pass behind it; any other path as it is. Raises ``OSError``."""
    if not path.startswith(SOCKET):
        return path
    connection = HTTPConnection(host, port, timeout=60)
    try:
        place = path.removeprefix(SOCKET)
        connection.request("GET", f"{PAGE}{place}live/pass/", headers={"Cookie": cookie})
        answer = connection.getresponse()
        if answer.status != 200:
            raise ConnectionRefusedError(f"no pass: {answer.status}")
        return f"{path}?pass={json.loads(answer.read())['pass']}"
    except HTTPException as trouble:
        raise ConnectionResetError(type(trouble).__name__) from None
    finally:
        connection.close()
