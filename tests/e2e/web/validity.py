"""Whether a page is HTML as the standard has it: what the parser had to guess, and what no parser says.

Source: HTML Living Standard, "Parsing" (its parse errors, as tinyhtml5 finds them) and the content models of the elements that our
templates use.
"""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

INTERACTIVE = {"a", "button", "input", "select", "textarea", "label", "summary"}
ONLY_BELOW = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "legend": {"fieldset"},
    "summary": {"details"},
    "tr": {"tbody", "thead", "tfoot"},
    "option": {"select", "optgroup"},
}
"""Elements and where alone they may stand."""
ONLY_HOLDS = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"div", "dt", "dd"},
    "select": {"option", "optgroup"},
    "tbody": {"tr"},
}
"""Elements and what alone may stand in them."""
FIRST = {"fieldset": "legend", "details": "summary"}
NAMES_ANOTHER = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "form")
PHRASING_ONLY = {"p", "h1", "h2", "h3", "label", "summary", "legend", "button", "span", "b", "a"}
FLOW = {"div", "p", "ul", "ol", "dl", "form", "fieldset", "h1", "h2", "h3", "table", "nav", "details"}


def problems(html: bytes) -> list[str]:
    """Give what is not valid in a page as it was sent."""
    parser = HTMLParser(namespace_html_elements=False)
    root = parser.parse(html.decode())
    said = [f"line {place[0]}: {code} {told or ''}" for place, code, told in parser.errors]
    return [*said, *_structure(root), *_names(root), *_nesting(root, ())]


def _structure(root: Element) -> Iterator[str]:
    if not root.get("lang"):
        yield "no language is said"
    count = Counter(str(one.tag) for one in root.iter())
    for tag in ("title", "main", "h1"):
        if count[tag] != 1:
            yield f"{count[tag]} times {tag}"
    if not "".join(root.find("head/title").itertext()).strip():
        yield "an empty title"
    level = 0
    for one in root.iter():
        if str(one.tag) in ("h1", "h2", "h3"):
            now = int(str(one.tag)[1])
            if level and now > level + 1:  # what went wrong is said above the heading
                yield f"h{now} follows on h{level}: {''.join(one.itertext())}"
            level = now


def _names(root: Element) -> Iterator[str]:
    ids = Counter(one.get("id") for one in root.iter() if one.get("id") is not None)
    yield from (f"id {name!r} {count} times" for name, count in ids.items() if count > 1 or not name.strip())
    yield from (f"a blank in id {name!r}" for name in ids if len(name.split()) > 1)
    for one in root.iter():
        for attribute in NAMES_ANOTHER:
            for name in (one.get(attribute) or "").split():
                if name not in ids:
                    yield f"{one.tag} {attribute}={name!r} names nothing"
        href = one.get("href", "")
        if one.tag == "a" and href.startswith("#") and href[1:] not in ids:
            yield f"{href} leads nowhere"
    labelled = {one.get("for") for one in root.iter("label")}
    for one in root.iter():
        seen = str(one.tag) in ("input", "select", "textarea") and one.get("type") != "hidden"
        if seen and one.get("id") not in labelled and not one.get("aria-label"):
            yield f"{one.tag} {one.get('name')!r} has no label"


def _nesting(one: Element, above: tuple[str, ...]) -> Iterator[str]:
    tag = str(one.tag)
    parent = above[-1] if above else ""
    if tag in ONLY_BELOW and parent not in ONLY_BELOW[tag]:
        yield f"{tag} in {parent}"
    if parent in ONLY_HOLDS and tag not in {*ONLY_HOLDS[parent], "script", "template"}:
        yield f"{tag} in {parent}"
    if tag in INTERACTIVE and (inside := {"a", "button"} & set(above)):
        yield f"{tag} inside {inside}"
    if tag in FLOW and parent in PHRASING_ONLY - ({"a"} if _may_be_block(above) else set()):
        yield f"{tag} in {parent}"
    if tag in FIRST and (not len(one) or str(one[0].tag) != FIRST[tag]):
        yield f"{tag} does not begin with {FIRST[tag]}"
    if tag == "form" and "form" in above:
        yield "a form in a form"
    if tag == "img" and (one.get("alt") is None or not one.get("width") or not one.get("height")):
        yield f"a picture without words or size: {one.attrib}"
    for inner in one:
        if isinstance(inner.tag, str):
            yield from _nesting(inner, (*above, tag))


def _may_be_block(above: tuple[str, ...]) -> bool:
    """Tell whether a link may hold blocks: where what it stands in may."""
    return len(above) > 1 and above[-2] not in PHRASING_ONLY
