"""Sealed boxes: a secret sealed to a public key, which whoever sealed it cannot open again.

A box is ``d<version>:`` + a public key made for this box alone + ciphertext with tag: X25519 with the desk's
public key, HKDF-SHA256, AES-256-GCM. Place and version are bound into the key and authenticated with the
secret, as ``access.sealing`` does it: a box copied to another row, field or environment does not open.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from kiwoomweb.access.key_ring import KeyRing
from kiwoomweb.access.sealing import NONCE_BYTES, Place, SealBroken, version_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

__all__ = ["MARK", "open_box", "public_half", "seal_to"]

#: What a box begins with; what the ring has sealed begins otherwise.
MARK = b"d"
KEY_BYTES = 32
PURPOSE = b"kiwoomweb account keys:"


def seal_to(public: KeyRing, secret: str, place: Place) -> bytes:
    """``secret`` sealed for ``place`` to the newest public key: only its private half opens it."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    version, own = public.newest, X25519PrivateKey.generate()
    theirs, label = public.key(version), place.label(version)
    ours = own.public_key().public_bytes_raw()
    key, nonce = _derived(own.exchange(X25519PublicKey.from_public_bytes(theirs)), ours + theirs, label)
    return b"%b%d:" % (MARK, version) + ours + _encrypted(key, nonce, secret.encode(), label)


def open_box(private: KeyRing, box: bytes, place: Place) -> str:
    """The secret sealed for ``place``. Raises a ``SealError`` that says what to do."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    version = version_of(box, MARK)
    body, label = box.partition(b":")[2], place.label(version)
    own = _opener(private.key(version))
    try:
        ours = body[:KEY_BYTES]
        shared = own.exchange(X25519PublicKey.from_public_bytes(ours))
        key, nonce = _derived(shared, ours + own.public_key().public_bytes_raw(), label)
        return _decrypted(key, nonce, body[KEY_BYTES:], label).decode()
    except (InvalidTag, ValueError):
        raise SealBroken from None


def public_half(private: bytes) -> bytes:
    """The public key of a private one, 32 bytes each."""
    return _opener(private).public_key().public_bytes_raw()


def _derived(shared: bytes, keys: bytes, label: bytes) -> tuple[bytes, bytes]:
    """Key and nonce of one box. Both sides' public keys go in, so that no other pair leads to them."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    both = HKDF(SHA256(), KEY_BYTES + NONCE_BYTES, salt=keys, info=PURPOSE + label).derive(shared)
    return both[:KEY_BYTES], both[KEY_BYTES:]


def _encrypted(key: bytes, nonce: bytes, secret: bytes, label: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key).encrypt(nonce, secret, label)


def _decrypted(key: bytes, nonce: bytes, sealed: bytes, label: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key).decrypt(nonce, sealed, label)


@lru_cache(maxsize=8)
def _opener(private: bytes) -> "X25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(private)
