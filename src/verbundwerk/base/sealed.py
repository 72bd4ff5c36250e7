"""Secrets that must be read again are kept sealed: a copy of the database alone opens nothing.

Fernet (AES-128-CBC with HMAC-SHA256); the keys are derived from the installation's secret keys, the present one
first, so that what an older key sealed can still be opened while that key stands among the fallbacks.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"verbundwerk.base.sealed"


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises `cryptography.fernet.InvalidToken` for what none of our keys sealed."""
    return _box().decrypt(sealed).decode()


def _box() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


def _key(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(urlsafe_b64encode(derived))
