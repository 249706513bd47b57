"""What the requirements ask of passwords, ways out, keys and what a browser keeps; each beside its number."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as live
from django.contrib.auth import authenticate

from kiwoomweb.access import sealing
from kiwoomweb.access.models import Account
from kiwoomweb.access.roles import Role
from tests.access.test_signing_in import sign_in
from tests.people import PASSWORD, Person, make_person
from tests.queue import waiting
from tests.security.routes import ROUTES
from tests.security.test_sources import PACKAGES, sources

FRESH = "  Ganz Langer Satz, aè, 거북이  "


def changed(person: Person, old: str, new: str = FRESH) -> bool:
    person.post("/accounts/password/change/", {"oldpassword": old, "password1": new, "password2": new})
    person.user.refresh_from_db()
    return person.user.check_password(new)


@pytest.mark.security("S-24", asvs=["6.2.2", "6.2.3", "6.2.8", "6.2.10"])
def test_a_password_is_changed_by_who_knows_it_and_checked_letter_by_letter(owner: Person) -> None:
    assert not changed(owner, "")
    assert not changed(owner, "another passphrase")
    assert changed(owner, PASSWORD)
    near = (FRESH.strip(), FRESH.lower(), FRESH[:-1], FRESH + " ", FRESH.replace("è", "e\u0300"))
    assert [word for word in near if owner.user.check_password(word)] == []
    with time_machine.travel(datetime.now(UTC) + timedelta(days=3000)):
        assert sign_in(Person(), FRESH, owner.user.email)["Location"] == "/", "nobody is made to change it"


@pytest.mark.security("S-79", asvs=["6.4.6"])
def test_nobody_sets_or_sees_somebody_elses_password(owner: Person, viewer: Person) -> None:
    named = {path for path in ROUTES if "password" in path}
    assert {path for path in named if not path.startswith("accounts/password/")} == set()
    team = viewer.user.memberships.get()
    page = owner.get(f"/t/{team.team.code}/members/{team.pk}/").content.decode()
    assert page.count("Vera") and 'type="password"' not in page
    owner.post(
        f"/t/{team.team.code}/members/{team.pk}/", {"role": Role.VIEWER, "password": FRESH, "password1": FRESH}
    )
    assert authenticate(None, email=viewer.user.email, password=FRESH) is None
    viewer.user.refresh_from_db()
    assert viewer.user.check_password(PASSWORD)


@pytest.mark.security("S-68", asvs=["6.6.3"])
def test_letters_with_links_are_sent_so_often_and_no_oftener(db: None, settings: Any) -> None:
    settings.CAN_MAIL = True
    make_person("Minji")
    for _turn in range(8):
        Person().post("/accounts/password/reset/", {"email": "minji@example.com"})
    assert 1 <= sum(one.name == "access.mail_new_password" for one in waiting()) <= 5


@pytest.mark.security("S-69", asvs=["7.4.4"])
def test_every_page_shows_the_way_out(owner: Person, account: Account) -> None:
    home = f"/a/{account.code}"
    for path in (
        "/settings/",
        "/security/",
        "/teams/",
        f"{home}/",
        f"{home}/trust/",
        f"{home}/orders/",
        "/notices/",
    ):
        assert 'action="/accounts/logout/"' in (page := owner.get(path).content.decode()) or (
            'href="/accounts/logout/"' in page
        ), path


@pytest.mark.security("S-62", asvs=["14.3.3"])
def test_a_browser_keeps_looks_and_unsaved_words_and_nothing_else() -> None:
    """Neither keys nor amounts: what may be kept is listed here, and no other store is used."""
    kept = re.compile(r"(?:local|session)Storage\.\w+\(([^,)]*)")
    found = {key.strip() for _name, text in sources("js", "static/js") for key in kept.findall(text)}
    looks = {
        '"theme"',
        '"amounts"',
        '"palette"',
        '"density"',
        "name",
        "`kept:${name}`",
        "GROUP",
        "LED",
        "heard",
    }
    assert found == looks | {"this.#draft"}
    stores = re.compile(r"indexedDB|serviceWorker|document\.cookie|caches\.open|openDatabase")
    assert [name for name, text in sources("js", "static/js") if stores.search(text)] == []


@pytest.mark.security("S-70", asvs=["11.2.1", "11.2.3", "11.4.4"])
def test_secrets_are_made_and_mixed_in_the_places_listed_here(ring: Any) -> None:
    """Only the library's own ciphers, keys of 256 bits, and a password becomes a key nowhere."""
    ciphers = {
        name
        for name, text in sources()
        if re.search(r"^\s*(from|import) (cryptography|OpenSSL|nacl)", text, re.M)
    }
    ours = {"access/sealing.py", "access/sealed_box.py", "access/factors/ceremony.py", "operation/tls.py"}
    assert ciphers == {f"kiwoomweb/{name}" for name in ours}
    assert {len(ring_key) for ring_key in keys_of()} == {32}
    made = re.compile(r"pbkdf2|scrypt\(|hkdf|PBKDF2|HKDF|Scrypt")
    assert {name for name, text in sources() if made.search(text)} <= {
        "kiwoomweb/access/factors/recovery.py",
        "kiwoomweb/access/sealed_box.py",
    }
    assert len(PACKAGES) == 4


def keys_of() -> list[bytes]:
    ring = sealing.ring()
    return [ring.key(version) for version in range(1, ring.newest + 1)]


@pytest.fixture
def ring(tmp_path: Path, settings: Any) -> Path:
    settings.SEALING_KEYS_FILE = tmp_path / "sealing.keys"
    sealing.make_ring()
    return settings.SEALING_KEYS_FILE


@pytest.mark.security("S-32", asvs=["11.1.1"])
@pytest.mark.security("S-50", asvs=["15.1.1"])
@pytest.mark.parametrize("readme", ["README.md", "README.ko.md"])
def test_it_is_written_down_how_keys_live_and_how_soon_weaknesses_are_closed(readme: str) -> None:
    text = (Path(live.BASE_DIR) / readme).read_text(encoding="utf-8")
    assert all(
        word in text
        for word in ("SEALING_KEYS_FILE", "DESK_KEYS_FILE", "manage.py reseal", "var/keys", "--advisories")
    )
    assert re.search(r"within two days|이틀 안에", text) and re.search(r"within thirty|30일 안에", text)
