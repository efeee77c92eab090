"""What every field says where it refuses: plain Chinese, naming the rule, instead of the library's English.

The library takes its sentences from class attributes, which its manual names as the place to change them for a whole application.
Importing this module changes them; `schemas.py` does, from which every shape is made.
"""

from marshmallow import fields, validate

_SENTENCES: tuple[tuple[type[fields.Field], dict[str, str]], ...] = (
    (
        fields.Field,
        {
            "required": "请填写这一项。",
            "null": "这一项不能为空，请填写。",
            "validator_failed": "填写的内容不符合要求，请核对。",
        },
    ),
    (
        fields.String,
        {
            "invalid": "应为文字（加引号的字符串），请核对。",
            "invalid_utf8": "文字的编码不是 UTF-8，请转换后重新提交。",
        },
    ),
    (fields.Integer, {"invalid": "应为整数，不加引号，不带小数。"}),
    (fields.Number, {"invalid": "应为数字，不加引号。", "too_large": "这个数字太大，请核对。"}),
    (fields.Float, {"special": "应为普通的数字。"}),
    (fields.Boolean, {"invalid": "应为 true 或 false。"}),
    (
        fields.AwareDateTime,
        {
            "invalid": "应为带时区的时间，如 2026-11-30T08:00:00+08:00。",
            "invalid_awareness": "请写明时区，如 2026-11-30T08:00:00+08:00。",
        },
    ),
    (fields.Date, {"invalid": "应为日期，如 2026-11-30。"}),
    (fields.List, {"invalid": "应为一组值（用方括号括起）。"}),
    (fields.Mapping, {"invalid": "应为一组“名称: 值”（用花括号括起）。"}),
    (fields.Nested, {"type": "应为一组“名称: 值”（用花括号括起）。"}),
    (fields.Url, {"invalid": "应为完整的网址，以 https:// 开头。"}),
)

for _field, _said in _SENTENCES:
    # a class of its own keeps its own table: what it inherits must not be written into the table of its parent
    _field.default_error_messages = {**vars(_field).get("default_error_messages", {}), **_said}

OF_A_SHAPE = {
    "unknown": "没有这一项，请删去或核对名称。",
    "type": "应为一组“名称: 值”（用花括号括起）。",
}
"""What a shape itself says."""

validate.Length.message_min = "至少要有 {min} 个。"
validate.Length.message_max = "最多 {max} 个。"
validate.Length.message_all = "应有 {min} 至 {max} 个。"
validate.Length.message_equal = "应正好有 {equal} 个。"
validate.Range.message_min = "应{min_op}{{min}}。"
validate.Range.message_max = "应{max_op}{{max}}。"
validate.Range.message_all = "应{min_op}{{min}}，{max_op}{{max}}。"
validate.Range.message_gte, validate.Range.message_gt = "不小于 ", "大于 "
validate.Range.message_lte, validate.Range.message_lt = "不大于 ", "小于 "
validate.OneOf.default_message = "应为其中之一：{choices}。"
validate.Regexp.default_message = "格式不对，请核对。"
validate.URL.default_message = "应为完整的网址，以 https:// 开头。"
validate.ContainsOnly.default_message = "只能从 {choices} 中选择。"
