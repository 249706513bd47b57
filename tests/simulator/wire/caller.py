"""A caller who knows nothing of our client: plain HTTP requests, plain dictionaries."""

from collections.abc import Iterator
from typing import Any

import httpx

from kiwoomweb.broker.catalogue import find
from kiwoomweb.simulator.serve import Running
from kiwoomweb.simulator.tokens import KeyPair

ACCOUNT = "/api/dostk/acnt"


class Caller:
    def __init__(self, broker: Running, keys: KeyPair | None = None) -> None:
        self.broker, self.keys = broker, keys or broker.keys
        self.http = httpx.Client(base_url=broker.address.rest, timeout=10, trust_env=False)
        self.token = ""

    def post(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """``api_id`` and ``cont_yn`` become header names with a dash."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if isinstance(body, bytes):
            return self.http.post(path, content=body, headers=named)
        return self.http.post(path, json={} if body is None else body, headers=named)

    def log_in(self) -> str:
        said = self.post("/oauth2/token", self.token_request()).json()
        self.token = said.get("token", "")
        assert self.token, said
        return self.token

    def token_request(self, **other: str) -> dict[str, str]:
        pair = self.keys
        body = {"grant_type": "client_credentials", "appkey": pair.app_key, "secretkey": pair.app_secret}
        return body | other

    def ask(self, tr: str, body: Any = None, *, path: str = "", **headers: str) -> httpx.Response:
        """One TR at its own path, with the token of ``log_in``."""
        if not self.token:
            self.log_in()
        named = {"api_id": tr, "authorization": f"Bearer {self.token}"} | headers
        return self.post(path or find(tr).path, body, **named)

    def said(self, tr: str, **body: str) -> dict[str, Any]:
        """The JSON of a successful answer."""
        told: dict[str, Any] = self.ask(tr, body).json()
        assert told["return_code"] == 0, told
        return told

    def refusal(self, tr: str, **body: str) -> tuple[int, str]:
        told = self.ask(tr, body).json()
        return told["return_code"], told["return_msg"]

    def pages(self, tr: str, **body: str) -> Iterator[httpx.Response]:
        """Every page, following the headers as the guide says."""
        answer = self.ask(tr, body)
        yield answer
        while answer.headers["cont-yn"] == "Y":
            answer = self.ask(tr, body, cont_yn="Y", next_key=answer.headers["next-key"])
            yield answer

    def rows(self, tr: str, name: str, **body: str) -> list[dict[str, str]]:
        return [row for page in self.pages(tr, **body) for row in page.json()[name]]

    def close(self) -> None:
        self.http.close()
