"""The process that signs one PDF, and ends: {key, certificate, others} in PEM, {reason, place} and the PDF in, the signed PDF out.

The first line is JSON, the rest the document. PAdES baseline B-B (ETSI EN 319 142-1) with a certification that allows no change after it
(DocMDP 1, ISO 32000-2 section 12.8.2.2). It imports nothing of ours.
"""

import io
import json
import sys


def main() -> None:
    """Sign it; whatever goes wrong ends with another number than 0."""
    from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    head, _, document = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(head)
    own, *others = load_certs_from_pemder_data(asked["certificates"].encode())
    signer = signers.SimpleSigner(
        signing_cert=own,
        signing_key=load_private_key_from_pemder_data(asked["key"].encode(), passphrase=None),
        cert_registry=SimpleCertificateStore.from_certs([own, *others]),
    )
    how = signers.PdfSignatureMetadata(
        field_name="Signature",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=asked["reason"],
        location=asked["place"],
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signed = io.BytesIO()
    signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(document)), how, signer=signer, output=signed)
    sys.stdout.buffer.write(signed.getvalue())


if __name__ == "__main__":
    main()
