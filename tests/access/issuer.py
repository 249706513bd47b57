"""A tiny OpenID Connect issuer on loopback: it vouches for whoever ``says`` names, by the code it gave out."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt


class Issuer:
    """``says``: the claims of the next person. ``asked``: the forms its token endpoint was sent."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.says: dict[str, Any] = {}
        self.asked: list[dict[str, list[str]]] = []

    def answer(self, path: str, form: dict[str, list[str]]) -> dict[str, Any]:
        if path.endswith("/openid-configuration"):
            names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            return {
                "issuer": self.address,
                "jwks_uri": f"{self.address}/keys",
                **{f"{name}_endpoint": f"{self.address}/{page}" for name, page in names.items()},
            }
        if path.endswith("/token"):
            self.asked.append(form)
            return {"access_token": "a-token", "token_type": "Bearer", "id_token": self.token()}
        return self.says

    def token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.address, "aud": "kiwoomweb", "iat": now, "exp": now + 60, **self.says}
        return jwt.encode(claims, "a secret of the issuer of 32 bytes!", "HS256", headers={"kid": "one"})


@contextmanager
def issuing() -> Iterator[Issuer]:
    """The issuer, for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            form = parse_qs(self.rfile.read(length).decode())
            body = json.dumps(issuer.answer(self.path, form)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer = Issuer(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
