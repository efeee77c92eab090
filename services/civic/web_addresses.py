"""Addresses on the web as people type them, and as they are sent."""

from urllib.parse import quote, urlsplit, urlunsplit

import idna
from marshmallow import validate

from services.chassis.core import cleaning
from services.chassis.core.schemas import Plain, described

_KEPT = "%/:?@!$&'()*+,;=-._~[]"
"""Characters of a path or a query that stand for themselves, and the sign of what is encoded already."""


class WebAddress(Plain):
    """An address on the web as it is sent: no blanks around it, the host in punycode, the path percent-encoded as UTF-8."""

    SAID = "请填写完整的网址，以 https:// 开头，最长 500 个字符。"

    def __init__(self, **kwargs):
        right = validate.URL(schemes={"https", "http"}, require_tld=False, error=self.SAID)
        length = validate.Length(max=500, error=self.SAID)
        super().__init__(validate=[right, length], **described("网址，以 https:// 开头", kwargs))

    def _deserialize(self, value, attr, data, **kwargs):
        return as_sent(super()._deserialize(value, attr, data, **kwargs))


def as_sent(address: str) -> str:
    """Write an address in ASCII, as RFC 3986 and IDNA 2008 ask; what is none stays as it is, for the rule to refuse."""
    text = cleaning.visible(address).strip()
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        if not host.isascii():
            coded = idna.encode(host, uts46=True).decode()
            parts = parts._replace(netloc=parts.netloc.lower().replace(host, coded))
    except ValueError:
        return text
    path, query = (quote(one, safe=_KEPT) for one in (parts.path, parts.query))
    return urlunsplit(parts._replace(path=path, query=query))
