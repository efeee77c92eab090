"""Photos are kept upright, as pixels only, and what is no photo is named."""

import base64
import io
import textwrap

import pytest
from PIL import Image

from services.chassis.core import child
from services.chassis.core.errors import Rejected
from services.civic.files import picture_child, pictures
from services.civic.files.pictures import OTHER_KINDS, PHOTOS, picture_of
from services.civic.photos import LONGEST_TEXT, MOST_BYTES, photo_of, upright
from tests.photos import bomb, heic, in_base64, photo


def opened(raw: bytes) -> Image.Image:
    return Image.open(io.BytesIO(raw), formats=("JPEG",))


def saved(image: Image.Image, kind: str = "PNG", **more) -> bytes:
    made = io.BytesIO()
    image.save(made, kind, **more)
    return made.getvalue()


def refusal(act, *args) -> Rejected:
    with pytest.raises(Rejected) as refused:
        act(*args)
    return refused.value


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("WEBP", "RGB"),
        ("WEBP", "RGBA"),
    ],
)
def test_a_photo_is_kept_upright_and_tells_nothing_but_its_picture(kind, mode):
    sent = photo(kind, mode=mode)
    assert b"Camera of Wang" in sent
    with opened(upright(sent)) as kept:
        assert kept.format == "JPEG" and kept.size == (20, 40)
        top, bottom = kept.getpixel((10, 5)), kept.getpixel((10, 35))
        assert top[2] > 200 > 50 > top[0] and bottom[0] > 200 > 50 > bottom[2]
        assert not dict(kept.getexif()) and set(kept.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
        }


def test_words_that_a_photo_carries_along_are_gone_too():
    said = b"taken at home"
    for sent in (
        photo("JPEG", comment=said),
        photo("JPEG", xmp=said),
        photo("PNG", icc_profile=said * 20),
        photo("WEBP", xmp=said),
    ):
        assert b"Camera of Wang" not in upright(sent) and said not in upright(sent)


def test_a_large_photo_is_made_as_small_as_a_page_can_be_read():
    noisy = Image.effect_noise((2600, 1300), 60).convert("RGB")
    kept = upright(saved(noisy, "JPEG", quality=95))
    assert len(kept) <= picture_child.LARGE_BYTES
    with opened(kept) as one:
        assert one.size == (2000, 1000)


@pytest.mark.parametrize(
    ("image", "shown"),
    [
        (Image.new("RGBA", (4, 4), (0, 0, 0, 0)), 255),  # nothing there: white as paper, not black
        (Image.new("LA", (4, 4), (90, 255)), 90),
        (Image.new("P", (4, 4), 0), 0),
        (Image.new("1", (4, 4), 1), 255),
        (Image.new("I;16", (4, 4), 0x8000), 128),  # 16 bits of a scanner: grey, not all white
    ],
    ids=lambda one: getattr(one, "mode", one),
)
def test_pictures_of_every_kind_of_pixel_are_read(image, shown):
    with opened(upright(saved(image))) as kept:
        assert all(abs(value - shown) <= 2 for value in kept.getpixel((1, 1)))


@pytest.mark.parametrize(
    "packed",
    [
        in_base64,
        lambda raw: f"data:image/jpeg;base64,{in_base64(raw)}",
        lambda raw: f" data:image/png;name=a.png;base64,{in_base64(raw)}\n",
        lambda raw: "\r\n".join(textwrap.wrap(in_base64(raw), 76)),
        lambda raw: in_base64(raw).rstrip("="),
        lambda raw: base64.urlsafe_b64encode(raw).decode(),
        lambda raw: "  ".join(textwrap.wrap(in_base64(raw), 9)),
    ],
    ids=["plain", "data url", "data url with a name", "wrapped", "unpadded", "url-safe", "blanks"],
)
def test_a_photo_is_read_however_it_was_packed(packed):
    sent = saved(Image.effect_noise((30, 30), 90), "PNG")
    assert {"+", "/"} <= set(in_base64(sent))
    assert photo_of(packed(sent)).large == upright(sent)


def test_the_longest_photo_fits_into_the_field_with_prefix_and_line_breaks():
    text = in_base64(b"x" * MOST_BYTES)
    assert len("data:image/jpeg;base64,") + len(text) + 2 * (len(text) // 76) <= LONGEST_TEXT


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("不是照片", "photo.unreadable"),
        ("data:image/jpeg,abc", "photo.unreadable"),
        ("A", "photo.unreadable"),
        (in_base64(b"\xff\xd8\xff" + b"x" * MOST_BYTES), "photo.too_large"),
        (in_base64(b"nothing known"), "photo.no_picture"),
        ("", "photo.no_picture"),
        (in_base64(photo()[:300]), "photo.damaged"),
        (in_base64(b"\x89PNG\r\n\x1a\n<script>"), "photo.damaged"),
        (in_base64(saved(Image.new("1", (8000, 7000)))), "photo.too_many_pixels"),
    ],
)
def test_what_is_no_good_photo_is_refused(sent, code):
    assert refusal(photo_of, sent).code == code


@pytest.mark.parametrize(
    ("beginning", "named"),
    [
        (b"\0\0\0\x18ftypavif\0\0", "AVIF"),
        (b"\0\0\0\x18ftypisom\0\0", "视频"),
        (b"%PDF-1.7", "PDF"),
        (b"GIF89a", "GIF"),
        (b"BM\x36", "BMP"),
        (b"II*\0", "TIFF"),
        (b"<svg onload=alert(1)>", "SVG"),
        (b"PK\x03\x04", "Office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Word"),
    ],
)
def test_another_kind_is_refused_by_its_name_with_what_to_do(beginning, named):
    refused = refusal(photo_of, in_base64(beginning))
    assert refused.code == "photo.other_kind" and named in refused.message and "请" in refused.message


def test_every_kind_that_is_named_is_told_apart_from_a_photo():
    assert not any(
        beginning.match(photo(kind)) for beginning, *_ in OTHER_KINDS for kind in ("JPEG", "PNG", "WEBP")
    )


def test_a_photo_is_decoded_in_a_child_with_limits(monkeypatch):
    asked = []
    head = b'{"large_bytes": 4, "width": 1, "height": 1, "thumbnail_width": 1, "thumbnail_height": 1}\n'
    monkeypatch.setattr(
        pictures.child, "stream", lambda *told: asked.append(told) or [head, b"kept", b"small"]
    )
    assert upright(photo()) == b"kept"
    ((script, _, limits, _),) = asked
    assert script.samefile(picture_child.__file__) and limits == child.Limits(1 << 30, 10, 6)


def test_both_sides_mean_the_same_by_the_childs_end():
    assert pictures.TOO_MANY_PIXELS == picture_child.TOO_MANY_PIXELS


def test_a_photo_of_an_iphone_is_kept_upright():
    sent = heic()
    assert PHOTOS.match(sent) and not sent.startswith(b"\xff\xd8")
    made = picture_of([sent])
    assert (made.width, made.height) == (48, 64)
    with opened(made.large) as kept:
        top, bottom = kept.getpixel((24, 12)), kept.getpixel((24, 52))
        assert top[2] > 150 > 90 > top[0] and bottom[0] > 150 > 90 > bottom[2]


def test_a_thumbnail_is_light_and_says_its_size():
    noisy = Image.effect_noise((2600, 1300), 60).convert("RGB")
    made = picture_of([saved(noisy, "JPEG", quality=95)])
    assert len(made.thumbnail) <= picture_child.THUMBNAIL_BYTES
    with opened(made.thumbnail) as small:
        assert small.size == (made.thumbnail_width, made.thumbnail_height) and max(small.size) <= 480
    assert (made.width, made.height) == (2000, 1000)


def test_what_hides_behind_a_photo_is_not_carried_on():
    hidden = b"PK\x03\x04 a program of somebody"
    made = picture_of([photo() + hidden])
    assert hidden not in made.large + made.thumbnail


def test_a_bomb_is_known_by_its_header():
    sent = bomb(30_000, 30_000)
    assert len(sent) < 200_000
    assert refusal(picture_of, [sent]).code == "photo.too_many_pixels"


def progressive(scans: int) -> bytes:
    """A JPEG whose last pass over the pixels is asked for again until there are so many."""
    made = saved(Image.new("L", (700, 700), 9), "JPEG", progressive=True)
    body, last = made[:-2], made[made.rindex(b"\xff\xda") : -2]
    return body + last * (scans - picture_child.scans(made)) + made[-2:]


def test_a_photo_that_asks_for_a_thousand_passes_is_not_unpacked(monkeypatch):
    sent = progressive(900)
    assert picture_child.scans(sent) == 900
    with pytest.raises(SystemExit):
        picture_child.upright(sent)
    assert refusal(picture_of, [sent]).code == "photo.damaged"


def test_the_photos_of_phones_ask_for_few_passes():
    plain = Image.effect_noise((900, 700), 60).convert("RGB")
    for sent in (
        saved(plain, "JPEG"),
        saved(plain, "JPEG", progressive=True),
        progressive(picture_child.MOST_SCANS),
    ):
        assert 0 < picture_child.scans(sent) <= picture_child.MOST_SCANS
        assert picture_of([sent]).width
    # a small picture within it, another one or a film behind it, restarts and stuffed bytes: none of them is a pass of this one
    small = saved(plain.resize((90, 70)), "JPEG")
    within = b"\xff\xe1" + (len(small) + 2).to_bytes(2) + small
    for whole in (
        plain_with(within),
        saved(plain, "JPEG") + small * 9 + b"\xff\xda" * 999,
        saved(plain, "JPEG", restart_marker_blocks=1),
    ):
        assert picture_child.scans(whole) == 1


def plain_with(segment: bytes) -> bytes:
    made = saved(Image.effect_noise((900, 700), 60), "JPEG")
    return made[:2] + segment + made[2:]


@pytest.mark.parametrize("cut", [2, 3, 5, 160, 400, 650])
def test_passes_are_counted_of_whatever_is_sent(cut):
    assert picture_child.scans(progressive(20)[:cut]) <= 20


def test_a_photo_that_comes_in_pieces_is_the_same_photo():
    sent = photo(size=(400, 300))
    assert picture_of([sent[:1000], sent[1000:]]) == picture_of([sent])
