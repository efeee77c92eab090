"""PDFs are cleaned by what is carried on, in a process with limits, and refused by what is wrong with them."""

import io
import re
import zlib

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from services.chassis.core.errors import Rejected
from services.civic.files import documents, pdf_child
from services.civic.files.documents import document_of
from tests import pdfs


def unpacked(document: bytes) -> bytes:
    """All that stands in a document, its streams unpacked."""
    with pikepdf.open(io.BytesIO(document)) as opened:
        streams = [one.read_bytes() for one in opened.objects if isinstance(one, pikepdf.Stream)]
        to = io.BytesIO()
        opened.save(to, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return to.getvalue() + b"".join(streams)


def words(document: bytes, page: int = 0) -> str:
    with pypdfium2.PdfDocument(document) as opened:
        return opened[page].get_textpage().get_text_range()


def refused(raw: bytes) -> str:
    with pytest.raises(Rejected) as wrong:
        document_of([raw])
    assert "请" in wrong.value.message and wrong.value.message.endswith("。")
    return wrong.value.code


def test_pages_and_what_they_say_are_kept_and_the_first_one_is_drawn():
    found = document_of([pdfs.pdf(3)[:100], pdfs.pdf(3)[100:]])
    assert (found.pages, found.measures["pages"]) == (3, 3)
    assert [words(found.body, page).strip() for page in range(3)] == ["Wang Xiuying"] * 3
    with Image.open(io.BytesIO(found.first_page.large)) as drawn:
        assert drawn.format == "JPEG" and drawn.size == (1240, 1755)
        assert drawn.convert("L").getextrema()[0] < 100  # there is something on it


def test_a_scan_is_kept_as_it_was_packed():
    found = document_of([pdfs.scanned()])
    with pikepdf.open(io.BytesIO(found.body)) as opened:
        assert opened.pages[0].Resources.XObject.Im0.Filter == "/DCTDecode"
    with Image.open(io.BytesIO(found.first_page.thumbnail)) as drawn:
        assert drawn.getpixel((40, 40))[2] > 200 > 100 > drawn.getpixel((40, 40))[0]  # blue on the left


def test_whatever_acts_or_is_carried_along_is_gone_and_what_a_form_shows_stays():
    raw = pdfs.harmful()
    assert [mark for mark in pdfs.MARKS if mark not in unpacked(raw)] == []
    found = document_of([raw])
    held = unpacked(found.body)
    assert [mark for mark in pdfs.MARKS if mark in held] == []
    with pikepdf.open(io.BytesIO(found.body)) as opened:
        assert set(opened.Root.keys()) <= {"/Type", "/Pages", "/Version"}
        for page in opened.pages:
            assert set(page.keys()) <= {"/Parent", *pdf_child.OF_A_PAGE}
    assert "answered" in words(found.body) and "Wang Xiuying" in words(found.body)


def test_the_same_bytes_come_of_the_same_pdf_whenever_it_is_made():
    assert document_of([pdfs.harmful()]).body == document_of([pdfs.harmful()]).body


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (pdfs.with_password(), "document.password_needed"),
        (pdfs.pdf(documents.MOST_PAGES + 1), "document.too_many_pages"),
        (b"%PDF-1.7\n" + b"x" * 5000, "document.damaged"),
        (b"%PDF-1.7", "document.damaged"),
        (b"%PDF-1.7\nPK\3\4" + zlib.compress(b"x" * 999), "document.damaged"),
        (pdfs.pdf(0), "document.damaged"),
        (pdfs.pdf()[:-600], "document.damaged"),
        (pdfs.bomb(), "document.too_many_pixels"),
    ],
    ids=["password", "pages", "no pdf", "its beginning", "zip", "no page", "cut off", "bomb"],
)
def test_what_cannot_be_taken_is_refused_with_what_to_do(raw, code):
    assert len(raw) < 15_000_000 and refused(raw) == code


def test_what_is_open_to_everybody_and_closed_to_changes_only_is_taken():
    assert document_of([pdfs.with_password(user="")]).pages == 1


def test_most_pages_are_said_once_here_and_once_in_the_child():
    assert documents.MOST_PAGES == pdf_child.MOST_PAGES
    assert set(documents.WHY_NOT) == {
        pdf_child.PASSWORD_NEEDED,
        pdf_child.TOO_MANY_PAGES,
        pdf_child.TOO_LARGE,
        pdf_child.TOO_MANY_PIXELS,
    }
    assert re.search(rf"{documents.MOST_PAGES} 页", documents.WHY_NOT[pdf_child.TOO_MANY_PAGES][1])
