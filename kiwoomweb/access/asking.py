"""What the question "who is there?" shows: the ways this person has, and what an answer brings along."""

import json
from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest

from kiwoomweb.access.factors import ceremony, keeping
from kiwoomweb.access.factors.having import TOTP, factor_types, has_factor
from kiwoomweb.access.models import User

__all__ = ["WANTS", "answer_in", "brought", "brought_along", "credential_in", "question"]

#: What a question carries from the door that asks to the answer, and back.
WANTS = ("account", "subject", "strong", "next")
#: What a form brought travels with the answer under names that begin so.
LUGGAGE = "brought:"
#: An answer to us; the rest of a form is for the door behind.
OURS = ("csrfmiddlewaretoken", "prove_password", "prove_code", "prove_credential")
#: Never written into a page: it is typed again.
SECRET = ("password", "secret", "key", "token")


def question(request: HttpRequest, wants: Mapping[str, str], wrong: str = "") -> dict[str, Any]:
    """For ``access/prove_form.html``: which ways there are, what was wrong, what to carry along."""
    user = cast("User", request.user)
    types, site = factor_types(user), ceremony.site_of(request)
    strong = bool(wants.get("strong"))
    return {
        "wants": {key: wants[key] for key in WANTS if wants.get(key)},
        "by_passkey": bool(keeping.passkeys_of(user, site.rp_id)),
        "by_code": TOTP in types or (keeping.RECOVERY in types and not strong),
        "by_app": TOTP in types,
        "by_password": not has_factor(user) and not strong,
        "needs_factor": strong and not has_factor(user),
        "wrong": wrong,
        "brought": None,
    }


def answer_in(request: HttpRequest) -> dict[str, Any]:
    """What the person gave, as the parts of ``proving.Given``; empty when the form holds no answer."""
    said = request.POST
    if not any(said.get(name) for name in OURS[1:]):
        return {}
    return {
        "password": said.get("prove_password", "")[:128],
        "code": said.get("prove_code", "")[:40],
        "credential": credential_in(request, "prove_credential"),
    }


def brought(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form that met the question on its way, to be sent on. Secrets are typed again."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in OURS and not any(word in name.lower() for word in SECRET)
        for value in values
    ]


def brought_along(request: HttpRequest) -> list[tuple[str, str]]:
    """The same fields as they come back with the answer (see ``access/prove_carried.html``)."""
    return [
        (name.removeprefix(LUGGAGE), str(value))
        for name, values in request.POST.lists()
        if name.startswith(LUGGAGE)
        for value in values
    ]


def credential_in(request: HttpRequest, name: str) -> Any:
    """The browser's JSON; ``None`` for nothing, and something no passkey answers for nonsense."""
    text = request.POST.get(name, "")
    if not text:
        return None
    try:
        return json.loads(text[: ceremony.LONGEST])
    except ValueError:
        return {}
