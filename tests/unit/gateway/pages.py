"""Reading a PDF back as a person would: its text, its pages, and where each character stands."""

import pypdfium2 as pdfium


def texts(pdf: bytes) -> list[str]:
    """Give the text of each page, lines joined where a long word was broken."""
    with pdfium.PdfDocument(pdf) as document:
        return [_text(page).replace("\u200b\n", "").replace("\u200b", "") for page in document]


def _text(page) -> str:
    return page.get_textpage().get_text_bounded().replace("\r\n", "\n")


def title(pdf: bytes) -> str:
    """Give the title that a reader shows."""
    with pdfium.PdfDocument(pdf) as document:
        return document.get_metadata_value("Title")


def is_tagged(pdf: bytes) -> bool:
    """Tell whether a screen reader finds headings and lists."""
    with pdfium.PdfDocument(pdf) as document:
        return bool(pdfium.raw.FPDFCatalog_IsTagged(document))


def places(pdf: bytes) -> list[tuple[str, float, float]]:
    """Give each character of the first page, in the order of the text, with where it begins and ends from the left, 0 to 1."""
    with pdfium.PdfDocument(pdf) as document:
        page = document[0]
        width, text = page.get_width(), page.get_textpage()
        found = []
        for number in range(text.count_chars()):
            left, _, right, _ = text.get_charbox(number)
            found.append((chr(pdfium.raw.FPDFText_GetUnicode(text, number)), left / width, right / width))
        return found
