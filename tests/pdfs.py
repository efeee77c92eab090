"""Made-up PDFs of papers, as offices and phones make them, and as somebody would who means harm."""

import io
import zlib
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from tests.photos import photo

A4 = (595, 842)
HARM = b"app.launchURL('http://evil.example')"
MARKS = (
    b"app.launchURL",
    b"calc.exe",
    b"evil.example",
    b"attached.exe",
    b"secret.example",
    b"JavaScript",
    b"OpenAction",
    b"Launch",
    b"EmbeddedFile",
)
"""What must not stand in a cleaned document."""


def pdf(pages: int = 1, words: str = "Wang Xiuying", **more) -> bytes:
    """A PDF whose pages say these words, the font and its name inherited from the tree of pages."""
    with Pdf.new() as made:
        for _ in range(pages):
            page = made.add_blank_page(page_size=A4)
            page.obj.Contents = Stream(made, f"BT /F1 24 Tf 100 700 Td ({words}) Tj ET".encode())
            del page.obj["/Resources"]
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        made.Root.Pages.Resources = Dictionary(Font=Dictionary(F1=made.make_indirect(font)))
        return _saved(made, **more)


def scanned() -> bytes:
    """A PDF of one photo, as a scanning program makes it."""
    with Pdf.new() as made:
        page = made.add_blank_page(page_size=A4)
        shown = Stream(made, photo(size=(400, 600)))
        shown.Type, shown.Subtype, shown.Width, shown.Height = Name.XObject, Name.Image, 400, 600
        shown.ColorSpace, shown.BitsPerComponent, shown.Filter = Name.DeviceRGB, 8, Name.DCTDecode
        page.obj.Resources = Dictionary(XObject=Dictionary(Im0=shown))
        page.obj.Contents = Stream(made, b"q 595 0 0 842 0 0 cm /Im0 Do Q")
        return _saved(made)


def with_password(user: str = "1234") -> bytes:
    """A PDF that opens with a password, or with "" for everybody and closed to changes."""
    return pdf(encryption=pikepdf.Encryption(user=user, owner="owner"))


def harmful() -> bytes:
    """A PDF with script, actions, an attachment, a file on another machine, and a filled form."""
    with Pdf.open(io.BytesIO(pdf(2))) as made:
        script = Dictionary(S=Name.JavaScript, JS=String(HARM.decode()))
        launch = Dictionary(S=Name.Launch, F=String("calc.exe"))
        link = Dictionary(S=Name.URI, URI=String("http://evil.example"))
        made.Root.OpenAction, made.Root.AA = script, Dictionary(WC=script)
        made.attachments["attached.exe"] = pikepdf.AttachedFileSpec(
            made, b"MZ attached.exe", filename="attached.exe"
        )
        made.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), script]))
        made.Root.URI = Dictionary(Base=String("http://evil.example"))
        first, second = made.pages[0].obj, made.pages[1].obj
        fonts = first.Resources.Font
        first.AA = Dictionary(O=launch)
        shown = made.make_stream(b"BT /F1 18 Tf 5 5 Td (answered) Tj ET")
        shown.Type, shown.Subtype, shown.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 30])
        shown.Resources = Dictionary(Font=fonts, Properties=Dictionary(MC0=script))
        field = made.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("f"), V=String("answered"), F=4,
                Rect=Array([100, 500, 300, 530]), A=script, AA=Dictionary(F=script), AP=Dictionary(N=shown),
            )
        )  # fmt: skip
        anchor = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 600, 900]), A=link)
        first.Annots = Array([field, made.make_indirect(anchor)])
        made.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=False, XFA=String("<xdp/>"))
        elsewhere = made.make_stream(b"")
        elsewhere.F = Dictionary(Type=Name.Filespec, FS=Name.URL, F=String("http://secret.example/x"))
        elsewhere.Type, elsewhere.Subtype, elsewhere.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        second.Resources = Dictionary(XObject=Dictionary(X0=elsewhere), Font=fonts)
        with made.open_metadata() as meta:
            meta["dc:creator"] = ["secret.example"]
        made.docinfo["/Author"] = "secret.example"
        return _saved(made)


@cache
def bomb(megabytes: int = 220) -> bytes:
    """A PDF of some hundred kilobytes whose page is a picture of that many megabytes."""
    packer, block = zlib.compressobj(9), bytes(1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    with Pdf.new() as made:
        page = made.add_blank_page(page_size=A4)
        shown = Stream(made, packed)
        shown.Type, shown.Subtype, shown.Width, shown.Height = (
            Name.XObject,
            Name.Image,
            32_000,
            megabytes * 32,
        )
        shown.ColorSpace, shown.BitsPerComponent, shown.Filter = Name.DeviceGray, 8, Name.FlateDecode
        page.obj.Resources = Dictionary(XObject=Dictionary(Im0=shown))
        page.obj.Contents = Stream(made, b"q 595 0 0 842 0 0 cm /Im0 Do Q")
        return _saved(made, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def _saved(made: Pdf, **more) -> bytes:
    to = io.BytesIO()
    made.save(to, deterministic_id="encryption" not in more, **more)
    return to.getvalue()
