"""Opening: wait for the first healthy page, then tell the person where it is and how to sign in."""

import http.client
import ssl
import threading
import time
from collections.abc import Callable

from kiwoomweb.operation.plan import Plan
from kiwoomweb.operation.telling import tell

__all__ = ["Opening"]

#: Seconds between two looks at the page, and the silence after which the person is told where to look.
LOOK_EVERY = 0.1
WORRY_AFTER = 90


class Opening(threading.Thread):
    """Watches the page in the background; ``is_open`` turns true with the first healthy answer."""

    def __init__(self, plan: Plan, began: float, ready: Callable[[], None]) -> None:
        super().__init__(name="opening", daemon=True)
        self._plan = plan
        self._began = began
        self._ready = ready

    def run(self) -> None:
        """Look until the page is healthy, once and for all."""
        worried = False
        while not _is_healthy(self._plan):
            if not worried and time.monotonic() - self._began > WORRY_AFTER:
                worried = True
                tell(f"아직 열리지 않습니다. 로그: {self._plan.logs}", "still not open; see the logs", mark="!")
            time.sleep(LOOK_EVERY)
        self._announce(time.monotonic() - self._began)
        self._ready()

    def _announce(self, seconds: float) -> None:
        code = self._plan.setup_code
        tell(f"준비되었습니다. {seconds:.1f}초 걸렸습니다", f"ready after {seconds:.1f} s", mark="✓")
        if code.exists():
            tell(f"{self._plan.address}setup/{code.read_text().strip()}/", mark="➜")
            tell("이 주소에서 이메일과 비밀번호를 정합니다", "first start: choose e-mail and password there")
        else:
            tell(self._plan.address, mark="➜")
            tell("가입한 이메일과 비밀번호로 로그인합니다", "sign in with your e-mail and password")
        tell(f"멈추기: Ctrl-C, 로그: {self._plan.logs}", "Ctrl-C stops it; the logs lie there")


def _is_healthy(plan: Plan) -> bool:
    host = plan.address.split("//")[1].rsplit(":", 1)[0].strip("[]")
    page = _connection(host, plan)
    try:
        page.request("GET", "/healthz")
        return page.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        page.close()


def _connection(host: str, plan: Plan) -> http.client.HTTPConnection:
    """To this very machine: over TLS the name in the certificate is that of the site, and is not asked."""
    if not plan.tls:
        return http.client.HTTPConnection(host, plan.port, timeout=5)
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection(host, plan.port, timeout=5, context=context)
