"""What the program is made of: locked, and listed with its licence; known weaknesses are asked for."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kiwoomweb.operation import licences
from kiwoomweb.operation.licences import ALLOWED, Part, complaints, listed, locked
from kiwoomweb.operation.scripts import known_weak, scripts


@pytest.mark.security("S-51", asvs=["15.1.2"])
@pytest.mark.security("S-50", asvs=["15.2.4"])
def test_the_list_of_licences_is_that_of_the_lock_and_nothing_under_the_gpl_runs() -> None:
    assert list(complaints()) == []
    assert {(part.name, part.version) for part in listed() if part.kind == "python"} == set(locked())
    assert {part.name for part in listed() if "GPL" in part.licence} <= ALLOWED.keys()


@pytest.mark.security("S-50", asvs=["15.2.4"])
@pytest.mark.parametrize(
    ("licence", "refused"),
    [("MIT", False), ("GPL-3.0-only", True), ("AGPL-3.0", True), ("LGPL-2.1", True), ("", True),
     ("GNU General Public License v3 (GPLv3)", True)],
)  # fmt: skip
def test_a_new_part_under_the_gpl_is_found(licence: str, refused: bool, monkeypatch: Any) -> None:
    part = Part("python", "newcomer", "1.0", licence)
    monkeypatch.setattr(licences, "parts", lambda: iter([part]))
    monkeypatch.setattr(licences, "listed", lambda: [part])
    assert bool(list(complaints())) == refused


class Database(BaseHTTPRequestHandler):
    """Knows two weaknesses, of Django 1.0 and of plotly.js 2.0.0."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        known = {("django", "PyPI", "1.0"): "PYSEC-1", ("plotly.js", "npm", "2.0.0"): "GHSA-1"}
        said = [(each["package"]["name"], each["package"]["ecosystem"], each["version"]) for each in asked]
        weak = [{"vulns": [{"id": known[each]}]} if each in known else {} for each in said]
        body = json.dumps({"results": weak}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def database() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Database)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.security("S-50", asvs=["15.2.1"])
def test_known_weaknesses_are_asked_for_by_name_and_version(database: str, monkeypatch: Any) -> None:
    call_command("licences", "--advisories", "--service", database)
    monkeypatch.setattr("kiwoomweb.management.commands.licences.locked", lambda: [("django", "1.0")])
    with pytest.raises(CommandError, match=r"django 1\.0: PYSEC-1"):
        call_command("licences", "--advisories", "--service", database)


@pytest.mark.security("S-53", asvs=["15.2.1"])
def test_scripts_are_asked_for_too_and_what_is_known_to_be_weak_needs_no_network(
    database: str, monkeypatch: Any
) -> None:
    named = dict(scripts())
    assert {"plotly.js", "htmx.org", "lightweight-charts", "partysocket"} <= named.keys()
    assert known_weak(scripts()) == []
    old = [
        ("plotly.js", "2.25.1"),
        ("plotly.js", "2.25.2"),
        ("plotly.js", "10.0.0"),
        ("lightweight-charts", "1.0"),
    ]
    assert [(each.version, each.ids) for each in known_weak(old)] == [("2.25.1", ("CVE-2023-46308",))]
    command = "kiwoomweb.management.commands.licences"
    monkeypatch.setattr(f"{command}.scripts", lambda: [("plotly.js", "2.0.0")])
    with pytest.raises(CommandError, match=r"plotly\.js 2\.0\.0: CVE-2023-46308"):
        call_command("licences")
    monkeypatch.setattr(f"{command}.known_weak", lambda _asked: [])
    with pytest.raises(CommandError, match=r"plotly\.js 2\.0\.0: GHSA-1"):
        call_command("licences", "--advisories", "--service", database)


@pytest.mark.security("S-50", asvs=["15.2.1"])
def test_without_a_network_nothing_is_said_to_be_well() -> None:
    with pytest.raises(CommandError, match="nothing was checked"):
        call_command("licences", "--advisories", "--service", "http://127.0.0.1:9/")


def test_what_is_under_the_lgpl_is_loaded_only_for_a_database_that_asks_for_it() -> None:
    plain = "import django, sys; django.setup(); from django.db import connection; connection.cursor();"
    command = [sys.executable, "-c", f"{plain} print('psycopg' in sys.modules)"]
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    said = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    told = subprocess.run(
        command, env=kept | said, capture_output=True, text=True, check=True, cwd=licences.ROOT
    )
    assert told.stdout.split() == ["False"]
