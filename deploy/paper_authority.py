"""Make the authority that signs papers: `python -m deploy.paper_authority --to FOLDER [--name 邛崃市] [--years 10] [--authority FILE]`.

Writes two new files that their owner alone may read: `paper-authority.pem`, the authority's key and certificate, which belong into a safe
and are needed again only to make the next signing key (`--authority`), and `paper-signing-key.pem`, which PAPER_SIGNING_KEY_FILE names.
With `--earlier FILE` the authorities of the bundle before stand in the new one too, so that papers signed then are still known as ours.
Never writes over a file that is there.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

AUTHORITY, SIGNING = "paper-authority.pem", "paper-signing-key.pem"
AUTHORITY_YEARS = 30
"""Papers are kept as long (机关文件材料归档范围和文书档案保管期限规定 2006 art. 8: 30 years, the longest term below "for ever")."""

Pair = tuple[ec.EllipticCurvePrivateKey, x509.Certificate]


def make(name: str, years: int = 10, authority: Pair | None = None, earlier: str = "") -> tuple[str, str]:
    """Give the authority and the bundle that signs, each in PEM; of an authority that is given the same one again."""
    root, vouched = authority or _authority(name)
    key, certificate = _signing(name, years, root, vouched)
    others = [one for one in _authorities(earlier) if one != vouched]
    bundle = _pem(key) + "".join(_text(one) for one in (certificate, vouched, *others))
    return _pem(root) + _text(vouched), bundle


def read(pem: str) -> Pair:
    """Read an authority as `make` gave it; raises ValueError."""
    key = form.load_pem_private_key(pem.encode(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("the authority's key is none of ours")
    return key, x509.load_pem_x509_certificate(pem[pem.index("-----BEGIN CERTIFICATE") :].encode())


def _authority(name: str) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _named(f"{name}乡治文书根证书")
    return key, _certified(subject, subject, key, key, AUTHORITY_YEARS, is_authority=True)


def _signing(name: str, years: int, root: ec.EllipticCurvePrivateKey, vouched: x509.Certificate) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    return key, _certified(
        _named(f"{name}乡治文书签名"), vouched.subject, key, root, years, is_authority=False
    )


def _certified(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    by: ec.EllipticCurvePrivateKey,
    years: int,
    is_authority: bool,
) -> x509.Certificate:
    now = datetime.now(UTC).replace(microsecond=0)
    uses = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    usage = x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        **uses,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=365 * years))
        .add_extension(x509.BasicConstraints(is_authority, 0 if is_authority else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
        .sign(by, hashes.SHA256())
    )


def _named(name: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )


def _authorities(bundle: str) -> list[x509.Certificate]:
    if not bundle:
        return []
    return x509.load_pem_x509_certificates(bundle.encode())[1:]


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()).decode()


def _text(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(form.Encoding.PEM).decode()


def write_new(path: Path, text: str) -> None:
    """Write a file that its owner alone may read; raises FileExistsError where one is there."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def main(arguments: list[str]) -> int:
    """Do what the command line says; gives the exit code."""
    parser = argparse.ArgumentParser(
        prog="paper_authority", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--name", default="", help="whose authority it is, in the certificates: 邛崃市")
    parser.add_argument(
        "--years", type=int, default=10, choices=range(1, 21), metavar="1-20", help="of the signing key"
    )
    parser.add_argument(
        "--authority", type=Path, metavar="FILE", help="the one that there is, for another signing key"
    )
    parser.add_argument(
        "--earlier", type=Path, metavar="FILE", help="the bundle before, whose authorities stay known"
    )
    told = parser.parse_args(arguments)
    try:
        given = read(told.authority.read_text()) if told.authority else None
        earlier = told.earlier.read_text() if told.earlier else ""
        authority, bundle = make(told.name, told.years, given, earlier)
        told.to.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not given:
            write_new(told.to / AUTHORITY, authority)
        write_new(told.to / SIGNING, bundle)
    except (OSError, ValueError) as error:
        print(f"nothing was made: {error}", file=sys.stderr)
        return 1
    print(f"{told.to / SIGNING}: let PAPER_SIGNING_KEY_FILE of affairs name it")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
