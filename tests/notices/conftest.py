"""A mail server on loopback, and settings that lead to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiwoomweb.notices.services import claiming
from kiwoomweb.operation.drills.mail.server import MailServer


@pytest.fixture(autouse=True)
def ring_file(tmp_path: Path, settings) -> Path:
    settings.SEALING_KEYS_FILE = tmp_path / "keys" / "sealing.keys"
    return settings.SEALING_KEYS_FILE


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.CAN_MAIL = True
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "", False, False
        settings.DEFAULT_FROM_EMAIL = "KiwoomWeb <journal@kiwoomweb.test>"
        settings.SITE_ADDRESS = "https://journal.test"
        yield server


@pytest.fixture
def at_once(monkeypatch) -> None:
    """A letter that failed is due again at once."""
    from datetime import timedelta

    monkeypatch.setattr(claiming, "BACKOFF", (timedelta(),) * 8)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate for localhost nobody knows, until ``SSL_CERT_FILE`` names it."""
    import ssl
    from dataclasses import dataclass
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")

    @dataclass
    class Certificate:
        path: object
        context: ssl.SSLContext

    return Certificate(folder / "cert.pem", context)
