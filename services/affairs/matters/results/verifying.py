"""Whether a paper is true, for anybody: by its QR code, by its number and what stands beside it, by its file."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING

from services.affairs.matters.results.rules import only_what_is_ours
from services.chassis.core.errors import Invalid

if TYPE_CHECKING:
    from services.affairs.matters.results.limits import PaperCheckLimits
    from services.affairs.matters.results.model import Result
    from services.affairs.matters.results.store import ResultStore
    from services.civic.calls import Call
    from services.civic.paper.signing import PaperSigner

UNKNOWN = {
    "number": "",
    "kind": "",
    "office": "",
    "matter_name": "",
    "shown_name": "",
    "issued_at": None,
    "revoked_at": None,
    "replaced_by": "",
}


def by_token(results: ResultStore, limits: PaperCheckLimits, call: Call) -> dict:
    """Verify by the QR code; raises NotFound for what is not ours, TooMany."""
    limits.count(call)
    return _told(results, results.of_token(call.data["token"]))


def by_number(results: ResultStore, limits: PaperCheckLimits, call: Call) -> dict:
    """Verify by number and check; raises NotFound where one of them is another, TooMany."""
    limits.count(call)
    return _told(results, results.of_number(call.data["number"], call.data["check"]))


def by_file(results: ResultStore, limits: PaperCheckLimits, signer: PaperSigner, call: Call) -> dict:
    """Verify a file: as it was issued, or signed by us and not as it was issued; raises NotFound for what is not ours, TooMany, Invalid.

    What it is worth says its hash, which was kept when it was issued; the signature tells an altered one from a strange one.
    """
    limits.count(call)
    document = _bytes(call.data["body"])
    found = results.of_digest(hashlib.sha256(document).hexdigest())
    ours = [one for one in signer.signatures(document) if one.ours]
    by = ours[0].signer if ours else ""
    if found:
        return {**_told(results, found), "signer": by}
    if not ours:
        raise only_what_is_ours()
    # something was added behind what was signed: then it is known which one it was
    issued = next((found for one in ours if one.sha256 and (found := results.of_digest(one.sha256))), None)
    known = _told(results, issued) if issued else {**UNKNOWN, "official_seal": False}
    return {**known, "verdict": "altered", "signer": by}


def _told(results: ResultStore, result: Result) -> dict:
    revoked = result.state == "revoked"
    instead = results.standing(result.application_id) if revoked else None
    return {
        "verdict": "revoked" if revoked else "true",
        "number": result.number,
        "kind": result.kind,
        "office": result.office,
        "matter_name": result.matter_name,
        "shown_name": result.shown_name,
        "issued_at": result.issued_at,
        "revoked_at": result.revoked_at,
        "replaced_by": instead.number if instead and instead.state == "issued" else "",
        "signer": "",
        "official_seal": False,
    }


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("result.file_unreadable", "文件没有传完整，请再传一次。") from None
