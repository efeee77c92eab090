"""Cursors that no page gave: of other kinds, without bounds, or no cursors at all."""

import base64


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


STRANGE = (
    *(
        _written(raw)
        for raw in (
            b"null", b"{}", b"[]", b'"v"', b'["v"]', b'["v",1]', b'["v",1,"x",2]', b'["v",1,2]', b'["v",1,null]', b'["w",1,"x"]',
            b'[["v"],1,"x"]', b'[{},1,"x"]', b'["v",null,"x"]', b'["v",true,"x"]', b'["t",true,"x"]', b'["v",[1],"x"]', b'["v",{"$gt":""},"x"]',
            b'["v",9223372036854775808,"x"]', b'["v",18446744073709551615,"x"]', b'["v",-9223372036854775809e400,"x"]', b'["v",1e400,"x"]',
            b'["v",NaN,"x"]', b'["t",1e300,"x"]', b'["t",-1e300,"x"]', b'["t",253402300800,"x"]', b'["t",9223372036854775808,"x"]',
            b'["t","2026","x"]', b'["v","\\ud800","x"]', b'["v",1,"\\ud800"]', b'["v",1,{"$gt":""}]', b"[" * 700, b'["v",' + b"[" * 300 + b"]" * 300 + b',"x"]',
            b"\xff\xfe", b"\x00",
        )
    ),
    "=", "%00", "²", "高", "\ud800", "a" * 999, "WyJ2Il0", " ",
)  # fmt: skip
