"""What the setting PAPER_SIGNING_KEY holds: a key, its certificate, and the authorities', in PEM and in this order."""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

FIRST = "-----BEGIN CERTIFICATE-----"


def is_a_bundle(pem: str) -> bool:
    """Tell whether a setting holds a key, its certificate, and an authority's."""
    try:
        key = load_pem_private_key(pem.encode(), None)
        first, *others = x509.load_pem_x509_certificates(pem.encode())
    except (ValueError, TypeError):
        return False
    return first.public_key() == key.public_key() and any(map(is_authority, others))


def is_authority(one: x509.Certificate) -> bool:
    """Tell whether a certificate may vouch for others."""
    try:
        return bool(one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except x509.ExtensionNotFound:
        return False
