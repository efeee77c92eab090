"""Chapter 3, what is on paper: the photo that she hands in, and the signed paper that she gets."""

import io
import uuid

import requests
from PIL import Image

from deploy.local.story.person import Person
from deploy.local.story.teller import StoryFailed, Teller

ORIENTATION, GPS, LIES_ON_ITS_SIDE = 0x0112, 0x8825, 6
"""What a phone writes into its photos (Exif 2.3): how it was held, and where."""

AS_HELD, SECONDS = (3000, 2000), 90
"""Pixels of the photo, wide and high, and how long it may take on its way."""


def hands_in_a_photo(teller: Teller, her: Person, clerk: Person, application: dict) -> None:
    """She photographs one of the papers; what is kept of it stands upright and tells no place."""
    photo = phone_photo()
    path = f"/applications/{application['id']}/materials/1/files"
    sent = her.http.post(
        her.base + path,
        files={"photo": ("IMG_0001.JPG", photo, "image/jpeg")},
        headers={"Idempotency-Key": str(uuid.uuid4())},
        timeout=SECONDS,
    )
    if sent.status_code != 201:
        raise StoryFailed(f"{her.name}: POST {path} gave {sent.status_code}: {sent.text[:500]}")
    file_id = sent.json()["files"][0]["id"]
    seen = clerk.http.get(f"{clerk.base}/applications/{application['id']}/files/{file_id}", timeout=SECONDS)
    kept = Image.open(io.BytesIO(seen.content))
    teller.must(kept.height > kept.width, "the photo must stand upright")
    teller.must(not kept.getexif().get_ifd(GPS), "the photo must not tell where it was taken")
    teller.step(
        f"She hands in a photo of {application['required'][0]}, {len(photo) / 1e6:.1f} MB; "
        f"the clerk sees it upright and without the place where it was taken, {len(seen.content) / 1e3:.0f} kB."
    )


def phone_photo() -> bytes:
    """Make a photo as a phone does: millions of pixels, on its side, with the place."""
    made, exif = io.BytesIO(), Image.Exif()
    exif[ORIENTATION] = LIES_ON_ITS_SIDE
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 24.0, 36.0), 3: "E", 4: (103.0, 27.0, 36.0)})
    Image.effect_noise(AS_HELD, 40).convert("RGB").save(made, "JPEG", quality=90, exif=exif)
    return made.getvalue()


def gets_the_paper(teller: Teller, her: Person, clerk: Person, application_id: str) -> None:
    """The office issues the result on paper; whoever is shown it verifies it without an account."""
    issued = clerk.post(f"/applications/{application_id}/results", {"text": "每月 100 元。"}, expect=201)
    paper = her.http.get(f"{her.base}/results/{issued['id']}/file", timeout=SECONDS).content
    teller.must(paper.startswith(b"%PDF-"), "the paper must be a PDF")
    stranger = Person(her.base, "stranger")
    seen = stranger.get(f"/paper-checks/{issued['verify_path'].rpartition('/')[2]}")
    teller.must(seen["verdict"] == "true", "the code on the paper must say that it is true")
    as_issued, altered = (_verdict(her.base, one) for one in (paper, paper + b"\n%"))
    teller.must(
        (as_issued, altered) == ("true", "altered"), "a changed paper must be told from the issued one"
    )
    teller.step(f"She gets it on paper, signed: {issued['number']}. A stranger verifies it by its code.")
    teller.note("the same file with one line more is recognised as altered")


def _verdict(base: str, file: bytes) -> str:
    sent = requests.post(f"{base}/paper-checks/by-file", files={"paper": ("a.pdf", file)}, timeout=SECONDS)
    return sent.json().get("verdict", str(sent.status_code))
