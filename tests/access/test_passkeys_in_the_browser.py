"""Passkeys with Chromium's virtual authenticator: made, used to come in, used for one order and no other."""

import pytest
from playwright.sync_api import expect

from kiwoomweb.access.factors import keeping
from kiwoomweb.access.models import Proof
from kiwoomweb.access.models.proof import Method
from kiwoomweb.access.roles import Role
from kiwoomweb.access.selectors.proofs import proved_within
from kiwoomweb.access.services.proving import still_signed
from tests.passkeys import make_passkey, sign_in_by_password
from tests.people import PASSWORD, make_account, make_person

pytestmark = [pytest.mark.browser, pytest.mark.security(39, "6.5.8", "6.7.2", "6.3.3")]

THIS, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def minji(transactional_db):
    from kiwoomweb.access.models import Team

    team = Team.objects.create(name="민지네")
    person = make_person("Minji", team, Role.OWNER)
    person.account = make_account(team)
    return person


def test_a_passkey_is_made_opens_alone_and_signs_for_one_order_only(laptop, minji):
    sign_in_by_password(laptop)
    make_passkey(laptop)
    assert [row.data["rp_id"] for row in keeping.passkeys_of(minji.user)] == ["localhost"]

    come_as_a_visitor(laptop)
    laptop.get_by_role("button", name="패스키로 로그인").click()
    expect(laptop.get_by_text("지금 여기")).to_be_visible()

    come_as_a_visitor(laptop)
    laptop.fill("[name=login]", "minji@example.com")
    laptop.fill("[name=password]", PASSWORD)
    laptop.get_by_role("button", name="로그인", exact=True).click()
    laptop.get_by_role("button", name="패스키로 확인").click()
    expect(laptop.get_by_role("heading", name="보안")).to_be_visible()

    proof = prove_for(laptop, minji.account, THIS)
    assert (proof.method, proof.account, proof.subject_hash) == (Method.PASSKEY, minji.account, THIS)
    assert still_signed(proof)
    kind = {"account": minji.account, "strong": True}
    assert proved_within(minji.user, subject_hash=THIS, **kind) == proof
    assert proved_within(minji.user, subject_hash=OTHER, **kind) is None
    proof.subject_hash = OTHER
    assert not still_signed(proof)


def test_a_signature_for_one_order_is_not_taken_for_another(laptop, minji):
    sign_in_by_password(laptop)
    make_passkey(laptop)
    laptop.goto(f"{laptop.site}/prove/?account={minji.account.code}&subject={THIS}&strong=1")
    laptop.evaluate(
        f"""() => document.querySelector("pass-key").closest("form").addEventListener("submit", (event) => {{
            event.target.elements.subject.value = "{OTHER}"
        }})"""
    )
    laptop.get_by_role("button", name="패스키로 확인").click()
    expect(laptop.get_by_text("이 패스키로는 확인할 수 없습니다")).to_be_visible()
    assert not Proof.objects.filter(account=minji.account).exists()


def come_as_a_visitor(page) -> None:
    """Leave the page before its cookies go: a part of it may be on its way."""
    page.goto("about:blank")
    page.context.clear_cookies()
    page.goto(f"{page.site}/accounts/login/?next=/security/")


def prove_for(page, account, subject: str) -> Proof:
    page.goto(f"{page.site}/prove/?account={account.code}&subject={subject}&strong=1&next=/security/")
    page.get_by_role("button", name="패스키로 확인").click()
    expect(page.get_by_role("heading", name="보안")).to_be_visible()
    return Proof.objects.latest("pk")
