"""Guard: which addresses a server may be sent to by its users, and no others (SSRF).

Checked is not the name but what it resolves to, every address of it, and the connection is made to exactly the
address that was checked: a resolver that answers differently a moment later changes nothing. Redirects are not
followed, no proxy is asked, TLS is verified, and none of this can be switched off by a setting.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

__all__ = ["Forbidden", "Target", "may_reach", "target", "vetted"]

#: Labels of letters, digits, hyphens, the last begins with a letter: nothing a resolver takes for a number.
NAME = re.compile(r"(?=.{1,253}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
LONGEST = 2_000
NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Forbidden(ValueError):
    """The address is not one we go to. ``str()`` tells the person what to change."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: the host for TLS and the ``Host`` header, path with query."""

    host: str
    port: int
    path: str
    tls: bool


def target(url: str) -> Target:
    """The parts of a plain https address. Raises ``Forbidden``."""
    if len(url) > LONGEST or not url.isascii() or any(c <= " " or c in '\\"<>^`{|}\x7f' for c in url):
        raise Forbidden(_("주소에 쓸 수 없는 글자가 있습니다."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Forbidden(_("주소를 읽을 수 없습니다.")) from None
    plain = parts.scheme == "http" and settings.NOTICES_LOOPBACK
    if parts.scheme != "https" and not plain:
        raise Forbidden(_("https:// 로 시작하는 주소만 쓸 수 있습니다."))
    if "@" in parts.netloc or "%" in parts.netloc or parts.fragment:
        raise Forbidden(_("사용자 이름이나 #이 든 주소는 쓸 수 없습니다."))
    host = (parts.hostname or "").rstrip(".")
    if not NAME.fullmatch(host) and not _literal(host):
        raise Forbidden(_("호스트 이름을 확인하세요. 예: hooks.example.com"))
    if _literal(host) and not may_reach(ipaddress.ip_address(host)):
        raise Forbidden(_inside())
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, port or (80 if plain else 443), path, not plain)


def vetted(host: str, port: int) -> tuple[str, int]:
    """An address of the host that may be reached. Raises ``Forbidden``, or ``OSError`` when nobody knows it."""
    found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    addresses = sorted((ipaddress.ip_address(one.partition("%")[0]) for one in found), key=lambda a: a.version)
    if not addresses or not all(may_reach(one) for one in addresses):
        raise Forbidden(_inside())
    return str(addresses[0]), port


def may_reach(address: Address) -> bool:
    """Only what is out in the world; also of an address that hides another one in itself."""
    if settings.NOTICES_LOOPBACK and address.is_loopback:
        return True
    return all(
        one.is_global and not (one.is_multicast or one.is_reserved or one.is_unspecified or one.is_link_local)
        for one in (address, *_hidden(address))
    )


def _hidden(address: Address) -> list[Address]:
    """The IPv4 addresses inside an IPv6 one: mapped, 6to4, Teredo, NAT64, and the old compatible form."""
    if not isinstance(address, ipaddress.IPv6Address):
        return []
    inside: list[Address] = [one for one in (address.ipv4_mapped, address.sixtofour) if one]
    inside += address.teredo or ()
    if address in NAT64 or int(address) >> 32 == 0:
        inside.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return inside


def _inside() -> str:
    return _("이 서버가 접속해서는 안 되는 주소입니다 (내부망).")


def _literal(host: str) -> bool:
    """An address as it is usually written; not 0x7f.1, 2130706433 or 017700000001."""
    try:
        return str(ipaddress.ip_address(host)) == host
    except ValueError:
        return False
