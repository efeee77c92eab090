"""Record a mandate that was given on paper: who for whom, in what, for how long, and who witnessed it; its photos come next."""

from gateway.web import mandate_terms
from gateway.web.declarations import OFFICIALS, Action, WebPage

PAGE = WebPage(
    "/work/mandates/paper",
    "登记纸质委托书",
    OFFICIALS,
    acts={
        "record_mandate": Action(
            "POST /mandates/papers",
            "登记",
            ("ward_id", "helper_id", "witness_id", "kind", "orders", "votes", "months"),
            given=mandate_terms.matters,
            starts=lambda visit: {"ward_id": visit.query["ward"], "kind": "entrusted"},
            needed={
                "ward_id": "请填委托人的编号。",
                "helper_id": "请填代办人的编号。",
                "witness_id": "请填见证人的编号。",
                "months": "请填几个月，例如 12。",
            },
            done="已登记，等代办人答应。请接着给委托书拍照。",
            to="/work/mandates/{id}",
        )
    },
    prepare=mandate_terms.kinds,
)
