"""What must not stand in the source at all, looked for by reading it."""

import ast
import pickle
import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, ClassVar

import pytest
from django.conf import settings as live
from django.core.cache import cache

from kiwoomweb.access.factors import recovery
from kiwoomweb.access.hardening.sealed_cache import SealedSerializer

ROOT = Path(live.BASE_DIR)
PACKAGES = ("kiwoomweb", "market", "orders", "portfolio")
#: Rehearsals of the product beside it: they are served to nobody.
BESIDE = ("/simulator/", "/benchmarks/", "/drills/", "/every_tr/")


def sources(kind: str = "py", *folders: str) -> Iterator[tuple[str, str]]:
    """Path below the project, text."""
    for folder in folders or PACKAGES:
        for path in sorted((ROOT / folder).rglob(f"*.{kind}")):
            name = path.relative_to(ROOT).as_posix()
            if not any(each in f"/{name}" for each in BESIDE) and "/vendor/" not in name:
                yield name, path.read_text(encoding="utf-8")


def found(pattern: str, *, kind: str = "py", folders: tuple[str, ...] = ()) -> list[str]:
    """Lines where it stands."""
    wanted = re.compile(pattern)
    lines = [
        f"{name}: {line.strip()[:100]}"
        for name, text in sources(kind, *folders)
        for line in text.splitlines()
        if wanted.search(line)
    ]
    assert sum(1 for _each in sources(kind, *folders)) > 50
    return lines


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call of the product: where, what is called, the call."""
    for name, text in sources():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call):
                yield name, ast.unparse(node.func), node


@pytest.mark.security("S-11", asvs=["1.3.2", "3.2.2"])
def test_text_becomes_neither_markup_nor_script() -> None:
    assert found(r"mark_safe|\beval\(|\bexec\(") == []
    assert (
        found(r"\|\s*safe\b|autoescape off|\son\w+=[\"']|javascript:", kind="html", folders=("templates",))
        == []
    )
    script = r"\.(inner|outer)HTML\s*=|insertAdjacentHTML|\beval\(|new Function|document\.write"
    assert found(script, kind="js", folders=("static",)) == []


@pytest.mark.security("S-04", asvs=["15.3.3"])
def test_no_form_takes_fields_it_does_not_name_and_no_row_is_made_of_a_request() -> None:
    assert found(r"""fields\s*=\s*["']__all__|^\s+exclude\s*=\s*[(\[]|\*\*request\.(POST|GET)""") == []
    assert found(r"setattr\(.*request\.(POST|GET)") == []


@pytest.mark.security("S-18", asvs=["13.2.4", "13.1.1"])
def test_no_test_reaches_beyond_this_machine() -> None:
    with socket.socket() as line, pytest.raises(AssertionError, match="tried to reach"):
        line.connect(("192.0.2.1", 443))


class Bomb:
    """Made by somebody who can write to Valkey."""

    fell: ClassVar[list[int]] = []

    def __reduce__(self) -> Any:
        return Bomb.fell.append, (1,)


@pytest.mark.security("S-19", asvs=["1.5.2", "13.2.1"])
@pytest.mark.usefixtures("valkey")
def test_nothing_somebody_else_puts_into_the_cache_or_the_queue_is_run(valkey: str, settings: Any) -> None:
    import redis

    assert (live.CELERY_TASK_SERIALIZER, live.CELERY_ACCEPT_CONTENT) == ("json", ["json"])
    kept = SealedSerializer()
    for value in (5, "words", b"\0bytes", {"a": [1, (2, 3)]}, None, True, 1.5):
        assert kept.loads(_as_stored(kept.dumps(value))) == value
    assert kept.loads(pickle.dumps(Bomb())) is None
    forged = bytearray(kept.dumps("words"))
    forged[-1] ^= 1
    assert kept.loads(bytes(forged)) is None
    settings.CACHES = {"default": {**settings.CACHES["default"], "OPTIONS": OPTIONS}}
    cache.set("mine", {"a": 1}, 60)
    with redis.Redis.from_url(valkey) as client:
        client.set(cache.make_key("theirs"), pickle.dumps(Bomb()))
    assert cache.get("mine") == {"a": 1}
    assert cache.get("theirs") is None
    assert Bomb.fell == []


OPTIONS = {"serializer": "kiwoomweb.access.hardening.sealed_cache.SealedSerializer"}


def _as_stored(packed: Any) -> bytes:
    return packed if isinstance(packed, bytes) else str(packed).encode()


def test_the_product_keeps_its_cache_so() -> None:
    assert OPTIONS["serializer"] in (ROOT / "kiwoomweb" / "settings.py").read_text(encoding="utf-8")


@pytest.mark.security("S-35", asvs=["13.3.1", "13.4.1"])
def test_no_secret_lies_in_the_tree_nor_has_ever_lain_there() -> None:
    command = ["git", "log", "--all", "--diff-filter=A", "--name-only", "--format="]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    odd = re.compile(r"(^|/)\.env$|\.(key|keys|pem|p12|sqlite3|kdbx)$|(^|/)var/")
    assert [name for name in names if odd.search(name)] == []
    assert len(names) > 500
    private = r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    assert found(private) + found(private, folders=("tests",)) == []


@pytest.mark.security("S-56", asvs=["1.3.12"])
def test_no_pattern_can_be_made_to_search_for_ever() -> None:
    """Time beyond the square of a text's length needs a repeat without end inside a repeat without end."""
    patterns = [
        (name, node.args[0].value)
        for name, called, node in calls()
        if called in {"re.compile", "re.match", "re.search", "re.sub", "re.fullmatch", "re.findall", "re.split"}
        if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    ]
    assert len(patterns) > 40
    assert _is_nested(parser.parse(r"(a+)+b")) and not _is_nested(parser.parse(r"(?:,\d+)*x+"))
    assert [(name, text) for name, text in patterns if _is_nested(parser.parse(text))] == []


def _is_nested(tree: Any, inside: bool = False) -> bool:
    """Whether a part that may repeat for ever is all of what repeats for ever: both could take the same."""
    for kind, value in tree:
        if kind in {kinds.MAX_REPEAT, kinds.MIN_REPEAT}:
            _least, most, body = value
            endless = most is kinds.MAXREPEAT
            if (inside and endless) or _is_nested(body, inside=endless and _starts_endless(body)):
                return True
        elif (kind is kinds.SUBPATTERN and _is_nested(value[-1], inside)) or (
            kind is kinds.BRANCH and any(_is_nested(each, inside) for each in value[1])
        ):
            return True
    return False


def _starts_endless(body: Any) -> bool:
    """``(?:,\\d+)*`` is told apart by its comma; ``(\\d+)*`` by nothing."""
    repeats = {kinds.MAX_REPEAT, kinds.MIN_REPEAT}
    return all(
        _starts_endless(value[-1]) if kind is kinds.SUBPATTERN else kind in repeats for kind, value in body
    )


@pytest.mark.security("S-64", asvs=["15.2.3", "13.4.2"])
def test_the_product_brings_no_test_code_along() -> None:
    brought = found(r"^\s*(from|import) (tests|pytest|hypothesis|debug_toolbar|time_machine|playwright)\b")
    assert {line.partition(":")[0] for line in brought} == {"kiwoomweb/management/commands/test.py"}
    assert [app for app in live.INSTALLED_APPS if "debug" in app or "admin" in app] == []


@pytest.mark.security("S-70", asvs=["11.3.1", "11.4.1", "11.4.3", "11.5.1", "11.6.1"])
def test_weak_hashes_ciphers_and_dice_are_not_used() -> None:
    told = "sha1"  # the codes of authenticator apps are defined with it (RFC 6238)
    assert [
        line for line in found(r"\bmd5\b|\bsha1\b|SHA1\(|MD5\(") if told not in line or "totp.py" not in line
    ] == []
    assert found(r"modes\.(ECB|CBC|CTR)|\b(DES|RC4|Blowfish)\b") == []
    dice = found(r"^\s*(import random|from random)")
    assert {line.partition(":")[0] for line in dice} == {
        "kiwoomweb/access/audit_rehearsal.py",  # makes forgeries, to find them
        "portfolio/services/settling.py",  # spreads tasks over time
    }


@pytest.mark.security("S-76", asvs=["11.2.4"])
def test_secrets_are_compared_in_equal_time() -> None:
    secret = re.compile(r"(token|secret|digest|seal|mac|code_hash|signature|challenge)\w*$", re.IGNORECASE)
    plain = []
    for name, text in sources("py", "kiwoomweb/access", "kiwoomweb/notices"):
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
                continue
            sides = [node.left, *node.comparators]
            if any(
                isinstance(side, ast.Constant) or ast.unparse(side).rpartition(".")[2].isupper()
                for side in sides
            ):
                continue
            if any(
                isinstance(side, ast.Name | ast.Attribute) and secret.search(ast.unparse(side))
                for side in sides
            ):
                plain.append(f"{name}: {ast.unparse(node)}")
    assert plain == []


@pytest.mark.security("S-76", asvs=["11.2.4"])
def test_a_wrong_code_costs_the_same_however_near_it_is(monkeypatch: Any) -> None:
    codes = [f"AAAA-BBBB-CCCC-DDD{n}" for n in range(10)]
    hashes = [recovery.hashed(code, "salt") for code in codes]
    compared: list[int] = []
    real = recovery.hmac.compare_digest
    monkeypatch.setattr(recovery.hmac, "compare_digest", lambda *two: compared.append(1) or real(*two))
    costs = set()
    for said in (codes[0], codes[9], "ZZZZ-BBBB-CCCC-DDDD", "AAAA-BBBB-CCCC-DDDZ"):
        compared.clear()
        recovery.which(said, "salt", hashes)
        costs.add(len(compared))
    assert costs == {10}


@pytest.mark.security("S-77", asvs=["13.1.3", "13.2.6"])
def test_whoever_asks_outside_says_how_long_to_wait() -> None:
    outward = re.compile(r"(^|\.)(Client|AsyncClient|urlopen|SMTP|SMTP_SSL|create_connection)$")
    asked = [
        (name, called, node)
        for name, called, node in calls()
        if (outward.search(called) and "httpx" in called + name)
        or called.endswith(("create_connection", "urlopen"))
    ]
    assert len(asked) > 4
    endless = [
        f"{name}: {ast.unparse(node)[:80]}"
        for name, _called, node in asked
        if not any(word.arg == "timeout" for word in node.keywords) and len(node.args) < 2
    ]
    assert endless == []
