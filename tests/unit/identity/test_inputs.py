"""Papers, codes, logins and passwords, as people type them."""

import pytest
from marshmallow import ValidationError

from services.chassis.core.secrets import Passwords
from services.civic.web_addresses import WebAddress, as_sent
from services.identity.inputs import (
    Country,
    FactorCode,
    Login,
    NumberEnding,
    OneTimePassword,
    PaperNumber,
    Password,
    SmsCode,
)
from services.identity.people.residents.contract import AskCorrection


def test_numbers_and_codes_are_cleaned():
    assert PaperNumber().deserialize("510183 19850607 003ｘ") == "51018319850607003X"
    assert NumberEnding().deserialize("00 3x") == "003X"
    assert SmsCode().deserialize("123 456") == "123456"
    assert FactorCode().deserialize("１２３-456") == "123456"
    assert FactorCode().deserialize(" ABcd-23efGH ") == "ABcd23efGH"


def test_letters_that_only_look_alike_are_refused():
    with pytest.raises(ValidationError, match="字母或数字"):
        PaperNumber().deserialize("51018319850607003х")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Zhang.San ", "zhang.san"), ("Ｚhang-san", "zhang-san"), ("zhang\u200b_san", "zhang_san"), ("+86 139 0000 0001", "13900000001"),
        ("dept.0123abcd", "dept.0123abcd"),
    ],
)  # fmt: skip
def test_a_login_is_a_phone_or_a_name(typed, kept):
    assert Login().deserialize(typed) == kept


def test_a_passport_is_issued_by_somebody_who_issues_passports():
    assert [Country().deserialize(one) for one in ("vnm", "ＶＮＭ", "XXA", "RKS")] == [
        "VNM",
        "VNM",
        "XXA",
        "RKS",
    ]
    for wrong in ("VNX", "VN", "ZZZ", "86"):
        with pytest.raises(ValidationError, match="三位字母"):
            Country().deserialize(wrong)


def test_a_password_is_as_it_was_typed_and_one_that_was_handed_over_is_trimmed():
    assert Password(10).deserialize("  ten letters ") == "  ten letters "
    assert OneTimePassword().deserialize(" \u200bAbCd2345\n") == "AbCd2345"
    with pytest.raises(ValidationError, match="10 至 128"):
        Password(10).deserialize("short")
    with pytest.raises(ValidationError, match="不完整"):
        Password().deserialize("\ud800 long enough")


def test_a_password_is_what_its_characters_mean():
    passwords = Passwords()
    kept = passwords.hash("caf\u00e9 １２３ 好的")
    assert passwords.matches(kept, "cafe\u0301 123 好的")
    assert passwords.matches(kept, "caf\u00e9 １２３ 好的")
    assert not passwords.matches(kept, "cafe 123 好的")


def test_a_hash_from_before_is_of_what_was_typed_then():
    passwords = Passwords()
    older = passwords._hasher.hash("cafe\u0301 １２３ 好的")
    assert passwords.matches(older, "cafe\u0301 １２３ 好的")
    assert not passwords.matches(None, "cafe\u0301 １２３ 好的")


@pytest.mark.parametrize(
    ("what", "typed", "kept"),
    [("phone", "+86 139 0000 0001", "13900000001"), ("name", "王\u202e五", "王五"), ("id_number", "510183 19850607 0034", "510183198506070034")],
)  # fmt: skip
def test_what_is_corrected_is_cleaned_as_where_it_was_entered_first(what, typed, kept):
    asked = AskCorrection().load({"resident_id": "r", "what": what, "value": typed})
    assert asked["value"] == kept


def test_what_is_corrected_is_refused_as_where_it_was_entered_first():
    with pytest.raises(ValidationError) as refused:
        AskCorrection().load({"resident_id": "r", "what": "phone", "value": "139"})
    assert refused.value.messages == {"value": ["手机号应为 11 位数字，以 1 开头。"]}


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("  https://hook.example.cn/a\n", "https://hook.example.cn/a"),
        ("https://数据.中国/接收?部门=统计局", "https://xn--vxup8b.xn--fiqs8s/%E6%8E%A5%E6%94%B6?%E9%83%A8%E9%97%A8=%E7%BB%9F%E8%AE%A1%E5%B1%80"),
        ("https://数据.中国:8443/", "https://xn--vxup8b.xn--fiqs8s:8443/"),
        ("https://hook.example.cn/%E6%8E%A5?a=1&b=2", "https://hook.example.cn/%E6%8E%A5?a=1&b=2"),
    ],
)  # fmt: skip
def test_an_address_is_kept_as_it_is_sent(typed, sent):
    assert WebAddress().deserialize(typed) == sent
    assert as_sent(sent) == sent


@pytest.mark.parametrize(
    "wrong", ["hook.example.cn", "ftp://a.cn/", "https://", "https://a b.cn/", "https://a.cn/" + "x" * 500]
)
def test_what_is_no_address_is_refused(wrong):
    with pytest.raises(ValidationError, match="https://"):
        WebAddress().deserialize(wrong)
