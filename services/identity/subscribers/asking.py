"""Fields of departments' requests: what their machines get wrong is refused, not guessed."""

from typing import Any

from marshmallow import validate


def _unsaid() -> None:
    """Stand for what was left out."""


LEFT_OUT: dict[str, Any] = {"load_default": _unsaid, "allow_none": True}
"""May be left out; not as `default: null` in /openapi.json, which makes clients that are generated from it send nulls."""

ONE = r"(#|[a-z]+\.(\*|[a-z_]+)\.(\*|[a-z_]+))"
WRONG = "事件应写成 服务.名词.动词，可用 * 代替后两段，或用 # 表示全部。"
PATTERN = validate.Regexp(rf"\A{ONE}\Z", error=WRONG)
PATTERNS = validate.Regexp(rf"\A{ONE}(,{ONE})*\Z", error=f"{WRONG}多个用逗号分开。")

COVERED_FROM = (
    "授权涵盖此时起的事件；为空：尚未授权（expires_at 也为空），或从最早的事件起（history 为 true）"
)
ASKED_HISTORY = "是否申请从最早的事件开始推送；为 true 而授权时未另定起始时间的，授权涵盖申请以前的全部事件"
"""What a beginning and the wish for the whole past mean where a subscription is shown."""
