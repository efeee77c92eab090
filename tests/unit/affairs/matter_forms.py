"""Forms to try: the allowance of somebody of 80, and questions of every kind made up at random."""

from hypothesis import strategies as st

from services.civic.id_numbers import check_digit

ELDER = "51018319450607003"
ELDER += check_digit(ELDER)


def page(title: str, required: tuple[str, ...] = (), more: dict | None = None, **questions: dict) -> dict:
    """Make a page."""
    inside = {
        "type": "object", "title": title, "properties": questions, "required": list(required), "additionalProperties": False,
    }  # fmt: skip
    return {**inside, **(more or {})}


def text(title: str, **more) -> dict:
    """Make a question for a line of text."""
    return {"x-kind": "text", "type": "string", "title": title, "maxLength": 50, **more}


def form(**pages: dict) -> dict:
    """Make a form."""
    return {"type": "object", "title": "申请表", "properties": pages, "additionalProperties": False}


def allowance() -> dict:
    """Make the form of the allowance: who, where it is paid, and the household."""
    member = {
        "type": "object",
        "properties": {
            "member": {"x-kind": "person", "type": "object", "title": "家庭成员"},
            "income": {
                "x-kind": "fen",
                "type": "integer",
                "title": "月收入",
                "minimum": 0,
                "maximum": 10_000_000,
            },
        },
        "required": ["member"],
        "additionalProperties": False,
    }
    return form(
        elder=page(
            "老人情况", ("name", "number", "way"),
            name=text("姓名", **{"x-from": "name"}),
            number={"x-kind": "id_number", "type": "string", "title": "身份证号", "format": "id-number", "x-from": "id_number"},
            born={"x-kind": "date", "type": "string", "title": "出生日期", "format": "date"},
            way={"x-kind": "one", "type": "string", "title": "发放方式", "enum": ["社保卡", "银行卡", "现金"]},
        ),
        card=page(
            "银行卡", ("card",), {"x-when": {"question": "way", "is": ["银行卡"]}},
            card={"x-kind": "bank_card", "type": "string", "title": "卡号", "format": "bank-card"},
        ),
        cash=page(
            "领取", ("somebody", "reason"),
            reason={**text("为何领现金"), "x-when": {"question": "way", "is": ["现金"]}},
            somebody={"x-kind": "yes_no", "type": "boolean", "title": "由他人代领"},
        ),
        whom=page(
            "代领人", ("whom",), {"x-when": {"question": "somebody", "is": [True]}},
            whom={"x-kind": "person", "type": "object", "title": "代领人"},
        ),
        household={"type": "array", "title": "家庭成员", "maxItems": 3, "items": member},
    )  # fmt: skip


def every_kind() -> dict:
    """Make a form with a question of every kind on one page, none of them required, and words that markup is made of."""
    asked = {
        "text": text("一行 <b>&amp;\"字"),
        "lines": {"x-kind": "lines", "type": "string", "title": "几行", "maxLength": 200},
        "whole": {"x-kind": "whole", "type": "integer", "title": "几口人", "minimum": 1, "maximum": 20},
        "fen": {"x-kind": "fen", "type": "integer", "title": "收入", "minimum": 0, "maximum": 100_000},
        "day": {"x-kind": "date", "type": "string", "title": "哪一天", "format": "date"},
        "some": {
            "x-kind": "some", "type": "array", "uniqueItems": True, "title": "哪几项",
            "items": {"type": "string", "enum": ["种 地", "养猪", "打工"]},
        },
        "phone": {"x-kind": "phone", "type": "string", "title": "电话", "format": "mobile-number"},
        "number": {"x-kind": "id_number", "type": "string", "title": "身份证号", "format": "id-number"},
        "card": {"x-kind": "bank_card", "type": "string", "title": "卡号", "format": "bank-card"},
        "place": {"x-kind": "place", "type": "string", "title": "在哪里", "format": "division-code"},
        "whom": {"x-kind": "person", "type": "object", "title": "谁来领"},
        "one": {"x-kind": "one", "type": "string", "title": "哪一项", "enum": ["甲", "乙 \"丙\""]},
        "yes": {"x-kind": "yes_no", "type": "boolean", "title": "要不要"},
    }  # fmt: skip
    return form(every=page("每一种题", **asked))


KINDS = st.sampled_from(("text", "lines", "whole", "fen", "date", "one", "some", "yes_no", "phone", "place"))
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=20,
)
"""Any JSON."""
