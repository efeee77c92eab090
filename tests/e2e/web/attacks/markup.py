"""Markup that somebody types, and how a page is read that should show it as text."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import tinyhtml5

PAYLOAD = """</textarea></title>'"><x-a onx=1>{{7*7}}"""
"""Leaves each place where text can stand: an attribute in either quotes, a text area, an element; and would be computed by a template."""
SHORT = """'"><x-a onx=1>"""
"""The same for fields that take few letters."""
OURS = "/static/"


def tree(html: str) -> Element:
    """Read a page as a browser does."""
    return tinyhtml5.parse(html, namespace_html_elements=False)


def planted(html: str) -> list[str]:
    """Give what a page holds that no template of ours has: elements and attributes made of text, and scripts from elsewhere."""
    found = []
    for one in tree(html).iter():
        tag = str(one.tag)
        if tag.endswith("x-a"):
            found.append("an element made of text")
        if tag == "script" and not one.get("src", "").startswith(OURS):
            found.append(f"a script: {one.get('src')} {one.text}")
        found += [f"{tag} {name}" for name in one.attrib if name.lower().startswith("on") or name == "style"]
        found += [f"{name}={value}" for name, value in one.attrib.items() if is_program(name, value)]
    return found


def is_program(name: str, value: str) -> bool:
    """Tell whether an address would run something."""
    scheme = "".join(value.lower().split())
    return name in ("href", "src", "action", "formaction") and scheme.startswith(
        ("javascript:", "data:", "vbscript:")
    )


def filled_in(html: str) -> Iterator[tuple[str, str]]:
    """Give name and value of everything that a page's forms hold."""
    for one in tree(html).iter():
        if one.tag == "input" and one.get("name"):
            yield one.get("name", ""), one.get("value", "")
        elif one.tag == "textarea":
            yield one.get("name", ""), "".join(one.itertext())


def read(html: str) -> str:
    """Give what can be read on a page, and what stands in its fields."""
    whole = tree(html)
    return "\n".join(["".join(whole.itertext()), *(value for _, value in filled_in(html))])
