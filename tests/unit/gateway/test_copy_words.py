"""The copy of one's data on paper speaks the person's words: nothing of it is a key or a word of programs."""

import csv
import importlib
import re
from pathlib import Path

import pytest
from marshmallow import Schema, fields, validate

from gateway.pdf_export import _section
from services.civic.privacy.personal_data import ExportSection, PersonalData
from services.identity.notices.messages.templates import FILE as TEMPLATES
from services.identity.privacy.consents.catalogue import FILE as PURPOSES
from tests.architecture.house import holders

ENGLISH = re.compile("[a-z_]{3,}")
AT = "2026-11-22T03:04:05+00:00"
ID = "0123"


def rows_of(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SECTIONS = [
    pytest.param(holder, section, id=f"{holder.collection} {section.title}")
    for holder in holders()
    if isinstance(holder.of_a_person, PersonalData)
    for section in holder.of_a_person.sections
]
UNDECLARED = {
    "sessions.state": ("active", "ended", "revoked"),
    "departures.state": ("leaving", "cleared", "hindered", "stayed", "gone"),
    "register_matches.source": ("register",),
    "residents.paper": ("id_card", "passport", "residence_permit", "foreign_permanent_resident_card"),
    "department_disclosures.fields": ("resident_name", "resident_phone"),
    "disclosures.role": ("resident",),
    "consents.purpose": {one["purpose"] for one in rows_of(PURPOSES)},
    "messages.kind": ("certification", "applications", "listings", "orders", "code", "invitation"),
    "messages.template": {".".join(filter(None, (one["template"], one["to"]))) for one in rows_of(TEMPLATES)},
    "mandates.matters": ("1", "20"),
}
"""Words that no answer's shape declares."""


def declared(holder: type) -> dict[str, set[str]]:
    """What the capability's contract says that its fields can hold."""
    folder = holder.__module__.rpartition(".")[0]
    try:
        contract = importlib.import_module(f"{folder}.contract")
    except ModuleNotFoundError:
        return {}
    found: dict[str, set[str]] = {}
    for shape in vars(contract).values():
        if isinstance(shape, type) and issubclass(shape, Schema):
            for name, field in shape().fields.items():
                inner = field.inner if isinstance(field, fields.List) else field
                for one in inner.validators:
                    if isinstance(one, validate.OneOf):
                        found.setdefault(name, set()).update(map(str, one.choices))
    return found


def told(collection: str, labels: dict, *rows: dict) -> list[tuple[str, str]]:
    section = {"section": collection, "title": "", "labels": labels, "rows": list(rows), "omitted": False}
    return [pair for row in _section(section)["rows"] for pair in row]


@pytest.mark.parametrize(("holder", "section"), SECTIONS)
def test_every_word_that_a_field_can_hold_has_one_of_the_person_s(holder, section: ExportSection):
    known = declared(holder)
    for name in section.labels:
        words = {*known.get(name, ()), *UNDECLARED.get(f"{holder.collection}.{name}", ())}
        for value in words:
            given = told(holder.collection, section.labels, {name: value})
            assert given and not ENGLISH.search(" ".join(given[0])), (name, value, given)


NESTED = [
    ("applications", {"steps": "办理经过"}, {"steps": [{"at": AT, "by": "applicant", "what": "submitted"}, {"at": AT, "by": "clerk", "what": "granted", "acted_by": ID}]},
     "时间 2026-11-22 11:04，办理人 申请人，事项 提交申请 / 时间 2026-11-22 11:04，办理人 经办人员，事项 批准，代办人编号 0123"),
    ("applications", {"materials": "提交的材料"}, {"materials": [{"name": "居民身分證", "note": ""}]}, "材料 居民身分證"),
    ("applications", {"notice": "一次性告知"}, {"notice": {"materials": [{"name": "户口簿", "note": "复印"}], "text": "请补齐", "at": AT, "supply_by": AT, "provisional": False}},
     "材料 材料 户口簿，说明 复印，内容 请补齐，时间 2026-11-22 11:04，补正期限 2026-11-22 11:04，期限为暂定 否"),
    ("orders", {"recipient": "收货人"}, {"recipient": {"name": "劉素華", "phone": "13800000001", "address": "黑虎村"}}, "姓名 劉素華，电话 13800000001，地址 黑虎村"),
    ("residents", {"answer": "上次申请的结果"}, {"answer": {"kind": "correction", "outcome": "withdrawn", "decided_by": ID, "decided_at": AT, "reason": None}},
     "种类 更正，结果 本人撤回，办理人编号 0123，办理时间 2026-11-22 11:04"),
    ("residents", {"request": "正在办理的申请"}, {"request": {"kind": "move", "to": "510183103204", "edition": "2020", "asked_at": AT, "released_by": ID, "released_at": AT}},
     "种类 迁移，迁往（区划代码） 510183103204，区划版本 2020，申请时间 2026-11-22 11:04，迁出村办理人编号 0123，迁出村同意时间 2026-11-22 11:04"),
    ("residents", {"wanted": "申请更正为"}, {"wanted": {"name": "刘素华", "masked_id_number": "5101", "id_number_hash": "abcdef"}}, "姓名 刘素华，证件号码 5101"),
    ("residents", {"seen": "当面核验"}, {"seen": {"by": ID, "paper": "household_book", "last_four": "0022", "at": AT}}, "办理人 0123，证件 居民户口簿，证件号码后四位 0022，时间 2026-11-22 11:04"),
    ("residents", {"ended": "停用情况"}, {"ended": {"kind": "deceased", "before": "certified", "confirmed_by": ID, "reported_by": ID, "reported_at": AT, "at": AT}},
     "种类 死亡，此前的状态 已认证，确认人编号 0123，上报人编号 0123，上报时间 2026-11-22 11:04，时间 2026-11-22 11:04"),
    ("households", {"others": "户内其他人", "asks": "申请", "away": "外出"}, {"others": [{"name": "王*", "relation": "spouse"}], "asks": [{"id": ID, "kind": "add", "resident_id": ID, "relation": "son", "note": "", "asked_at": AT, "state": "refused"}], "away": {"destination": "成都", "since": "2026-01-01"}},
     "姓名 王*，关系 配偶；编号 0123，种类 增加成员，居民编号 0123，关系 儿子，申请时间 2026-11-22 11:04，状态 未同意；去向 成都，起始 2026-01-01"),
    ("mandates", {"acts": "代办记录", "matters": "事项范围"}, {"acts": [{"act": "market.order.requested", "at": AT, "subject": ID}], "matters": ["1", "20"]}, "代办的事 下单，时间 2026-11-22 11:04，对象编号 0123；行政许可 / 公共服务"),
    ("preferences", {"choices": "选择"}, {"choices": {"orders": "inbox", "applications": "sms"}}, "买卖 站内通知，办事申请 站内通知和短信"),
]  # fmt: skip
"""What stands inside fields, as the models write it."""


@pytest.mark.parametrize(("collection", "labels", "row", "words"), NESTED)
def test_what_stands_inside_a_field_has_labels_and_words(collection, labels, row, words):
    assert "；".join(text for _, text in told(collection, labels, row)) == words
    assert not ENGLISH.search(words)


def test_money_is_in_yuan_and_amounts_in_their_unit_and_said_once():
    labels = {
        "quantity": "数量",
        "quantity_milli": "数量（千分之一单位）",
        "amount_fen": "金额（分）",
        "unit": "单位",
    }
    row = {"quantity": 2, "quantity_milli": 1500, "amount_fen": 1928, "unit": "斤"}
    assert told("orders", labels, row) == [("数量", "1.5 斤"), ("金额", "19.28 元"), ("单位", "斤")]
    before = {"quantity": 2, "amount_fen": 5, "unit": "箱"}  # what 0.1 wrote has no parts of a unit
    assert told("orders", labels, before)[:2] == [("数量", "2"), ("金额", "0.05 元")]
    assert told("orders", labels, {"quantity_milli": 12000, "unit": "箱"})[0] == ("数量", "12 箱")


def test_what_a_person_wrote_stays_as_it_was_written():
    labels = {"reason": "理由", "title": "商品"}
    assert told("orders", labels, {"reason": "paid", "title": "waiting"}) == [
        ("理由", "paid"),
        ("商品", "waiting"),
    ]
