"""The pages that show the API: whole without script, for any screen and reader, and small on the line."""

import gzip
import re
from html.parser import HTMLParser

import pytest

from gateway.app import create_app
from gateway.openapi.document import specification
from services.civic.settings import CivicSettings

PAGES = ("/docs", "/events-docs")
VOID = {"meta", "link", "input", "br"}


class Read(HTMLParser):
    """Reads a page: ids, links, headings in their order, and whether every element ends where it should."""

    def __init__(self, page: str):
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.tags.add(tag)
        self.ids += [told["id"]] if "id" in told else []
        self.links += [told["href"]] if tag == "a" else []
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def visitor():
    return create_app(CivicSettings(public_url="https://county.example")).test_client()


@pytest.fixture(scope="module")
def docs(visitor) -> str:
    return visitor.get("/docs").get_data(as_text=True)


def test_who_comes_to_the_root_is_told_where_to_go(visitor):
    program = visitor.get("/", headers={"Accept": "*/*"})
    assert program.get_json()["openapi"] == "/openapi.json"
    assert program.get_json()["documentation"] == "/docs"
    browser = visitor.get("/", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert browser.mimetype == "text/html" and '<a href="/docs">' in browser.get_data(as_text=True)
    assert "Accept" in browser.headers["Vary"]


def test_operations_are_grouped_by_service_and_capability_with_anchors(docs):
    assert "market" in docs.split('<section id="market">')[1].split("<h3>")[0]
    orders = docs.split('<section id="tag-orders">')[1].split("</section>")[0]
    assert "订单" in orders and '<article id="place_order">' in orders and "/listings/mine" not in orders
    assert 'href="#tag-orders"' in docs.split("</nav>")[0]


def test_an_operation_is_shown_with_roles_codes_and_examples(docs):
    shown = docs.split('<article id="place_order">')[1].split("</article>")[0]
    assert "可以调用：resident" in shown and "0 手机号已验证" in shown
    assert 'href="#order.sold_out"' in shown and "四川省成都市" in shown
    assert "resident.phone_taken" not in shown


def test_every_operation_and_every_code_has_its_place(docs):
    read = Read(docs)
    spec = specification("https://county.example")
    operations = {one["operationId"] for path in spec["paths"].values() for one in path.values()}
    assert operations <= set(read.ids) and "order.sold_out" in read.ids
    assert len(read.ids) == len(set(read.ids))


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_leads_somewhere(path, visitor):
    read = Read(visitor.get(path).get_data(as_text=True))
    lost = [one for one in read.links if one.startswith("#") and one[1:] not in read.ids]
    assert lost == [] and read.open == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_reads_without_script_and_runs_one_of_its_own_only(path, visitor):
    answer = visitor.get(path)
    page = answer.get_data(as_text=True)
    assert re.findall(r"<script[^>]*>[^<]*", page) == ['<script src="/docs.js" defer>']
    assert "<search hidden>" in page and "style=" not in page and " onclick" not in page
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
    assert "script-src" not in visitor.get("/openapi.json").headers["Content-Security-Policy"]
    assert visitor.get("/docs.js").mimetype == "text/javascript"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_in_order_for_who_hears_it(path, visitor):
    page = visitor.get(path).get_data(as_text=True)
    read = Read(page)
    assert {"header", "nav", "main", "label"} <= read.tags
    assert read.headings.count(1) == 1 and read.headings[0] == 1
    steps = zip(read.headings, read.headings[1:], strict=False)
    assert [(before, after) for before, after in steps if after > before + 1] == []
    assert 'class="skip" href="#content"' in page and '<html lang="zh-CN">' in page


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_a_page_is_wider_than_a_phone(path, visitor):
    """No table, no picture, no fixed width: all is text that wraps anywhere, code too."""
    assert not {"table", "img", "iframe"} & Read(visitor.get(path).get_data(as_text=True)).tags
    style = visitor.get("/docs.css").get_data(as_text=True)
    assert re.search(r"body \{[^}]*overflow-wrap: anywhere", style)
    assert re.search(r"pre \{[^}]*white-space: pre-wrap", style)
    widths = re.findall(r"(?<![a-z-])(?:min-)?width: ([^;]+);", style)
    assert set(widths) == {"100%"}


def test_colours_can_be_told_apart(visitor):
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text, here on the darkest of the light grounds."""
    style = visitor.get("/docs.css").get_data(as_text=True)
    colours = set(re.findall(r"[{; ]color: (#[0-9a-f]+)", style))
    grounds = set(re.findall(r"background: (#[0-9a-f]+)", style))
    assert len(colours) > 5 and len(grounds) > 1
    assert [(c, g) for c in colours for g in grounds if _contrast(c, g) < 4.5] == []


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("path", [*PAGES, "/openapi.json", "/asyncapi.json"])
def test_what_is_large_is_sent_compressed_to_who_takes_that(path, visitor):
    plain = visitor.get(path)
    small = visitor.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert small.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert gzip.decompress(small.data) == plain.data and 5 * len(small.data) < len(plain.data)
    assert "Accept-Encoding" in plain.headers["Vary"]
    again = {"Accept-Encoding": "gzip", "If-None-Match": small.headers["ETag"]}
    assert visitor.get(path, headers=again).status_code == 304
    assert plain.headers["ETag"] != small.headers["ETag"]
