"""Settings from the environment: typed, loud about nonsense, and able to read secrets from files."""

import os
import secrets
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

__all__ = ["addresses", "database", "flag", "mail", "number", "read_file", "secret_file", "text"]

#: So often a statement is asked before PostgreSQL keeps its plan.
ASKED_BEFORE = 5

_env = environ.FileAwareEnv()


def text(name: str, default: str) -> str:
    """A text setting; ``NAME_FILE`` may name a file that holds it."""
    return str(_env.str(name, default=default)).strip()


def read_file(name: str) -> None:
    """Take ``NAME=value`` lines from a file, if there is one; what the process was started with goes first."""
    if name and Path(name).is_file():
        environ.Env.read_env(name)


def flag(name: str, *, default: bool) -> bool:
    """A yes/no setting. Anything but a clear yes or no is an error."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "1", "0", "yes", "no", "true", "false", "on", "off"}:
        return value in {"1", "yes", "true", "on"} if value else default
    raise ImproperlyConfigured(f"{name}={value!r}: use 1 or 0")


def number(name: str, default: int) -> int:
    """A whole-number setting."""
    value = text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name}={value!r}: use a whole number")
    return int(value)


def addresses(name: str, default: str) -> list[str]:
    """A comma-separated list, empty items dropped."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def secret_file(name: str, path: Path) -> str:
    """A secret from the environment, else from ``path``, which is made with mode 0600 when missing."""
    if given := text(name, ""):
        return given
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)  # two first starts at once: the first link wins, both read the same key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def mail(name: str) -> dict[str, Any]:
    """The mail server as Django's ``EMAIL_*`` settings; without one, mail goes nowhere."""
    return dict(_env.email_url_config(text(name, "dummymail://")))


def database(name: str, path: Path) -> dict[str, Any]:
    """The database: ``DATABASE_URL`` (PostgreSQL) or the embedded SQLite file, tuned to lose nothing."""
    if text(name, ""):
        served: dict[str, Any] = _env.db_url(name)
        if served["ENGINE"].endswith("postgresql"):
            keeps = flag("DATABASE_PREPARES", default=True)  # plans, once a connection (planned_once.py)
            served["OPTIONS"] = served.get("OPTIONS", {}) | {
                "prepare_threshold": ASKED_BEFORE if keeps else None
            }
        return {**served, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            # FULL: with NORMAL acknowledged rows were lost when the power went (measured with cut disks).
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
