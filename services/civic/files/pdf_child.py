"""A PDF from stdin as one that is safe to read, and a picture of its first page, to stdout; run by documents.py as a child, imports nothing of ours.

Writes a line of JSON, then the two, one after the other. Ends with 4 where a password is needed, 5 where it has too many pages, 6 where it
gets too large, 7 where a picture has too many pixels; any other number: it cannot be read.

What is carried on is named, not what is left out: pages, with what they show. Nothing of the document around them, thus no script, no
action, no attachment, no form. What a form or a signature shows becomes part of its page first.
"""

import io
import json
import sys
from contextlib import suppress

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name, Pdf, Stream, StreamDecodeLevel

MOST_PAGES = 50
"""A household's papers, or a plan with its drawings; longer ones are handed in as several."""

MOST_BYTES = 15_000_000
MOST_PIXELS = 200_000_000
"""Of one picture in it: a plan of A0 at 300 dpi has 140 million."""

OF_A_PAGE = ("/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group")
"""What a page shows (ISO 32000-1, table 30); not /AA, /Annots, /Metadata, /PieceInfo, /B, /Tabs."""

RESOURCES = ("/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet")
"""What a page's content may name (ISO 32000-1, table 33); not /Properties, which say what no reader has to see."""

OUTSIDE = ("/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI", "/AF", "/Metadata", "/PieceInfo", "/Measure")
"""What a stream may have that leads out of the file, or tells of something else than what it shows."""

LONGEST, DPI = 2000, 150
"""The picture, in pixels: a sheet of A4 at 150 dpi is 1754 long."""

PASSWORD_NEEDED, TOO_MANY_PAGES, TOO_LARGE, TOO_MANY_PIXELS = 4, 5, 6, 7


def made(sent: bytes) -> bytes:
    """The cleaned document, and its first page as a JPEG."""
    document, pages = cleaned(sent)
    picture = first_page(document)
    told = {"pages": pages, "document_bytes": len(document)}
    return json.dumps(told).encode() + b"\n" + document + picture


def cleaned(sent: bytes) -> tuple[bytes, int]:
    """The same pages in a document of their own, and how many there are; the same bytes whenever it is made."""
    try:
        source = pikepdf.open(io.BytesIO(sent))
    except pikepdf.PasswordError:
        sys.exit(PASSWORD_NEEDED)
    with source, Pdf.new() as clean:
        pages = len(source.pages)
        if pages > MOST_PAGES:
            sys.exit(TOO_MANY_PAGES)
        if not pages:
            sys.exit("it has no page")
        _make_forms_part_of_their_pages(source)
        for page in source.pages:
            _keep_what_it_shows(page.obj)
        clean.pages.extend(source.pages)
        for each in clean.objects:
            _leads_nowhere(each)
            _is_a_picture_of_reasonable_size(each)
        to = io.BytesIO()
        # nothing is unpacked here: what a stream unpacks to is the reader's business, and the picture's, which has limits
        clean.save(
            to, deterministic_id=True, stream_decode_level=StreamDecodeLevel.none, compress_streams=True
        )
        clean_bytes = to.getvalue()
    if len(clean_bytes) > MOST_BYTES:
        sys.exit(TOO_LARGE)
    return clean_bytes, pages


def _make_forms_part_of_their_pages(source: Pdf) -> None:
    with suppress(pikepdf.PdfError, ValueError, TypeError):  # without its form it can be read all the same
        if "/AcroForm" in source.Root:
            source.generate_appearance_streams()
        source.flatten_annotations("screen")


def _keep_what_it_shows(page: pikepdf.Object) -> None:
    _without(page, [name for name in map(str, page) if name not in (*OF_A_PAGE, "/Parent")])


def _leads_nowhere(each: pikepdf.Object) -> None:
    if isinstance(each, Stream):
        _without(each, [name for name in OUTSIDE if name in each])
    if isinstance(each, (Stream, Dictionary)) and isinstance(each.get("/Resources"), Dictionary):
        _without(each["/Resources"], [name for name in map(str, each["/Resources"]) if name not in RESOURCES])


def _is_a_picture_of_reasonable_size(each: pikepdf.Object) -> None:
    if isinstance(each, Stream) and "/Width" in each and "/Height" in each:
        width, height = each["/Width"], each["/Height"]
        if not isinstance(width, int) or not isinstance(height, int):
            sys.exit("a picture without a size")
        if width * height > MOST_PIXELS:
            sys.exit(TOO_MANY_PIXELS)


def _without(each: pikepdf.Object, names: list[str]) -> None:
    for name in names:
        del each[Name(name)]


def first_page(document: bytes) -> bytes:
    """Draw it."""
    with pypdfium2.PdfDocument(document) as drawn:
        page = drawn[0]
        longest = max(page.get_width(), page.get_height(), 1)
        bitmap = page.render(scale=min(DPI / 72, LONGEST / longest), may_draw_forms=False, draw_annots=False)
        to = io.BytesIO()
        bitmap.to_pil().convert("RGB").save(to, "JPEG", quality=90)
        return to.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(made(sys.stdin.buffer.read()))
