"""The process that looks at the signatures of a PDF from outside, and ends: {authorities} in PEM and the PDF in, JSON out.

The first line is JSON, the rest the document. Gives {signatures: [{signer, ours, intact, whole, sha256}]}: who signed, whether one of our
authorities vouches for that certificate, whether what was signed is unchanged, whether it is all of the file, and the hash of the file as
it was when it was signed. What is no PDF has none. It imports nothing of ours, and asks nothing over the net.
"""

import hashlib
import io
import json
import logging
import sys

MOST = 5
"""Signatures that are looked at: a paper of ours has one."""


def main() -> None:
    """Look at it."""
    head, _, document = sys.stdin.buffer.read().partition(b"\n")
    logging.disable()
    json.dump({"signatures": list(_signatures(document, json.loads(head)["authorities"]))}, sys.stdout)


def _signatures(document: bytes, authorities: str):
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.pdf_utils.reader import PdfFileReader

    trusted = list(load_certs_from_pemder_data(authorities.encode()))
    try:
        found = PdfFileReader(io.BytesIO(document), strict=False).embedded_signatures[:MOST]
    except Exception:  # whatever a hostile file makes the reader raise: it is no PDF with a signature
        return
    for one in found:
        try:
            yield _looked_at(one, document, trusted)
        except Exception:  # a signature that cannot be read is none
            continue


def _looked_at(one, document: bytes, trusted: list) -> dict:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    # as of when it says that it was signed: a certificate ends long before the papers that it signed
    moment = one.self_reported_timestamp
    context = ValidationContext(trust_roots=trusted, allow_fetching=False, moment=moment)
    status = validate_pdf_signature(one, context)
    start, length, after, rest = (int(number) for number in one.byte_range)
    end = after + rest
    return {
        "signer": one.signer_cert.subject.native.get("common_name", ""),
        "ours": any(_issued(one.signer_cert, by) for by in trusted),
        "intact": bool(status.intact and status.valid),
        "whole": status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        "sha256": hashlib.sha256(document[:end]).hexdigest() if start == 0 and length < after else "",
    }


def _issued(certificate, by) -> bool:
    """Tell whether an authority vouches for a certificate: ours issue directly, and whatever became of the file this stays true."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    one, authority = (x509.load_der_x509_certificate(each.dump()) for each in (certificate, by))
    try:
        one.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


if __name__ == "__main__":
    main()
