"""TLS of the web process itself, for a desk that has no proxy in front: the versions and suites of today.

TLS 1.2 and 1.3; of 1.2 the suites with forward secrecy and authenticated encryption. There is no way down.
"""

import re
import ssl
from pathlib import Path
from typing import Any

from kiwoomweb.operation.telling import Trouble

__all__ = ["check", "listening_with"]

#: Of TLS 1.2; those of 1.3 are all good.
CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
BLOCK = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


def check(certificate: str, key: str) -> None:
    """Raises Trouble where the files cannot be read or do not belong together; before anything has started."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key or None)
    except (OSError, ssl.SSLError) as trouble:
        raise Trouble(
            f"TLS 인증서나 키 파일을 쓸 수 없습니다: {certificate}, {key} ({trouble}). "
            "KIWOOMWEB_TLS_CERTIFICATE와 KIWOOMWEB_TLS_KEY를 확인하세요.",
            f"the certificate or its key cannot be used: {certificate}, {key} ({trouble})",
        ) from None


def listening_with(certificate: str, key: str) -> Any:
    """What makes a server's endpoint out of its description, in place of Twisted's own: the same, over TLS."""
    options = _options(Path(certificate).read_bytes(), Path(key).read_bytes())

    def endpoint(reactor: Any, description: str) -> OverTls:
        from twisted.internet import endpoints

        plain: Any = endpoints  # has no types
        return OverTls(plain.serverFromString(reactor, description), options)

    return endpoint


class OverTls:
    """An endpoint whose connections begin with a handshake."""

    def __init__(self, plain: Any, options: Any) -> None:
        self._plain, self._options = plain, options

    def listen(self, factory: Any) -> Any:
        from twisted.protocols.tls import TLSMemoryBIOFactory

        return self._plain.listen(TLSMemoryBIOFactory(self._options, False, factory))


def _options(certificates: bytes, key: bytes) -> Any:
    from OpenSSL import crypto
    from twisted.internet.ssl import AcceptableCiphers, CertificateOptions

    suites: Any = AcceptableCiphers  # has no types
    first, *chain = [crypto.load_certificate(crypto.FILETYPE_PEM, one) for one in BLOCK.findall(certificates)]
    return CertificateOptions(
        privateKey=crypto.load_privatekey(crypto.FILETYPE_PEM, key),
        certificate=first,
        extraCertChain=chain or None,
        acceptableCiphers=suites.fromOpenSSLCipherString(CIPHERS),
    )
