"""A visitor: does over HTTP what the first person does in a browser, so that a benchmark sees a site in use."""

import secrets
from types import TracebackType

import httpx

__all__ = ["Visitor"]


class Visitor:
    """One person with a cookie jar at one site."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, follow_redirects=True, timeout=60, trust_env=False)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def set_up(self, way_in: str) -> None:
        """Become the first user by the one-time address."""
        password = secrets.token_urlsafe(16)
        self.get(way_in)
        self.post(way_in, {"email": "bench@example.com", "password": password, "again": password})

    def connect_demo(self) -> str | None:
        """Connect the practice account; the path of its page, or None while the practice market still opens."""
        self.get("/connect/")
        answer = self._post("/connect/demo/", {})
        return answer.url.path if answer.is_success else None

    def get(self, path: str) -> int:
        """Open a page; its status. Raises on an error page."""
        return self._client.get(path).raise_for_status().status_code

    def post(self, path: str, form: dict[str, str]) -> str:
        """Send a form; the path it led to. Raises on an error page."""
        return self._post(path, form).raise_for_status().url.path

    def _post(self, path: str, form: dict[str, str]) -> httpx.Response:
        proof = {"X-CSRFToken": self._client.cookies.get("csrftoken") or ""}
        return self._client.post(path, data=form, headers=proof)
