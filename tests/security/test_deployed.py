"""The settings as they are when the site is served over TLS, and the product's own checks of them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live
from django.core.checks import run_checks

from kiwoomweb.checks import check_key_files

TOLD = '''
import json, django
django.setup()
from django.conf import settings as s
names = """DEBUG SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS SECURE_HSTS_INCLUDE_SUBDOMAINS SESSION_COOKIE_NAME
CSRF_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE LANGUAGE_COOKIE_SECURE SESSION_COOKIE_HTTPONLY
CSRF_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE CSRF_COOKIE_SAMESITE SESSION_COOKIE_DOMAIN SESSION_COOKIE_PATH
SECURE_PROXY_SSL_HEADER SECURE_CONTENT_TYPE_NOSNIFF""".split()
print(json.dumps({n: getattr(s, n) for n in names}))
'''


def at_home(tmp_path: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, as an operator starts it behind a proxy that speaks TLS."""
    ours = {"DATABASE_URL", "REDIS_URL", "KIWOOMWEB_VAR", "KIWOOMWEB_ENV", "DEBUG", "OIDC_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    said = {"DJANGO_SETTINGS_MODULE": "kiwoomweb.settings", "KIWOOMWEB_VAR": str(tmp_path), "KIWOOMWEB_ENV": "",
            "KIWOOMWEB_HTTPS": "1", "ALLOWED_HOSTS": "desk.example"}  # fmt: skip
    arguments = [sys.executable, *command]
    return subprocess.run(
        arguments, cwd=live.BASE_DIR, env=kept | said | more, capture_output=True, text=True, check=False
    )


@pytest.mark.security("S-20", asvs=["13.4.2", "3.3.1"])
def test_django_finds_nothing_to_complain_about_and_debug_is_refused(tmp_path: Path) -> None:
    check = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    well = at_home(tmp_path, *check)
    assert well.returncode == 0, well.stderr
    worse = at_home(tmp_path, *check, DEBUG="1")
    assert worse.returncode != 0
    assert "kiwoomweb.E001" in worse.stderr


@pytest.mark.security("S-67", asvs=["3.5.4"])
@pytest.mark.security("S-20", asvs=["13.4.2", "3.3.1"])
@pytest.mark.security("S-27", asvs=["3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.5"])
def test_over_tls_cookies_and_headers_are_the_strict_ones(tmp_path: Path) -> None:
    import json

    answer = at_home(tmp_path, "-c", TOLD)
    told: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    assert told == {
        "DEBUG": False, "SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True, "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken", "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True, "SESSION_COOKIE_HTTPONLY": True, "CSRF_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax", "CSRF_COOKIE_SAMESITE": "Lax", "SESSION_COOKIE_DOMAIN": None,
        "SESSION_COOKIE_PATH": "/", "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
    }  # fmt: skip


@pytest.mark.security("S-20", asvs=["13.4.2"])
def test_a_key_file_others_can_read_is_told(settings: Any, tmp_path: Path) -> None:
    settings.SEALING_KEYS_FILE = tmp_path / "sealing.keys"
    settings.SEALING_KEYS_FILE.write_text("1:x\n")
    settings.SEALING_KEYS_FILE.chmod(0o600)
    assert str(settings.SEALING_KEYS_FILE) not in str(check_key_files(None))
    settings.SEALING_KEYS_FILE.chmod(0o640)
    assert str(settings.SEALING_KEYS_FILE) in str(check_key_files(None))
    assert "kiwoomweb.W001" in {found.id for found in run_checks()}
