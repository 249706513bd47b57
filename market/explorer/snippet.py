"""The snippet: the same question in a dozen lines of Python, its keys in environment variables."""

import json
from collections.abc import Mapping

from kiwoomweb.broker.catalogue import TR

__all__ = ["snippet"]

HEAD = """import os

import httpx

with httpx.Client(base_url="{rest}", timeout=15) as kiwoom:
    token = kiwoom.post(
        "/oauth2/token",
        json={{
            "grant_type": "client_credentials",
            "appkey": os.environ["KIWOOM_APP_KEY"],
            "secretkey": os.environ["KIWOOM_SECRET_KEY"],
        }},
    ).json()["token"]
    headers = {{"api-id": "{tr}", "authorization": f"Bearer {{token}}"}}
    body = {body}
"""
ONE = """    reply = kiwoom.post("{path}", headers=headers, json=body).json()
    print(reply["return_code"], reply["return_msg"])
    print(reply)
"""
PAGES = """    while True:
        reply = kiwoom.post("{path}", headers=headers, json=body)
        print(reply.json())
        if reply.headers.get("cont-yn") != "Y":
            break
        headers |= {{"cont-yn": "Y", "next-key": reply.headers["next-key"]}}
"""


def snippet(tr: TR, body: Mapping[str, str], rest: str) -> str:
    """Python that asks ``tr`` at the address ``rest``, page after page where there are pages."""
    told = json.dumps(dict(body), ensure_ascii=False, indent=4).replace("\n", "\n    ")
    whole = HEAD + (PAGES if tr.pages else ONE)
    return whole.format(rest=rest, tr=tr.id, body=told, path=tr.path)
