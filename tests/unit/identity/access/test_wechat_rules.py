"""A binding of WeChat, and where a browser is sent: rules without WeChat and without a database."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from services.chassis.core.errors import Conflict, Forbidden, NotFound, Rejected, Unavailable
from services.identity.access.account import Account
from services.identity.access.sessions.model import only_after_a_new_sign_in, start
from services.identity.access.wechat import model
from services.identity.access.wechat.provider import LARGEST_ANSWER, WechatProvider, _read

NOW = datetime(2026, 12, 2, 6, tzinfo=UTC)
HER = Account("r", "resident", "510183103204", (), 1, "hash", False)


def binding() -> model.WechatBinding:
    return model.WechatBinding("w", "510183103204", "2019", "r", "hash", NOW)


def test_an_ended_binding_forgets_whose_wechat_it_was_and_ends_once():
    one = binding()
    assert [name for name, _ in one.end(NOW)] == ["wechat_binding.ended"]
    assert (one.state, one.openid_hash, one.ended_at, one.is_bound) == ("ended", "", NOW, False)
    assert one.end(NOW + timedelta(days=1)) == [] and one.ended_at == NOW


def test_an_event_names_the_resident_and_never_the_wechat():
    ((_, told),) = binding().bound()
    assert told == {"wechat_binding_id": "w", "resident_id": "r", "edition": "2019", "state": "bound"}


@pytest.mark.parametrize("state", ["unproven", "lost"])
def test_only_a_proven_phone_binds(state):
    model.only_a_proven_phone_binds("proven")
    with pytest.raises(Rejected, match=r"wechat.phone_not_proven"):
        model.only_a_proven_phone_binds(state)


def test_a_code_to_another_phone_says_nothing_of_this_account():
    model.the_code_came_to_the_own_phone("13800000013", "13800000013")
    with pytest.raises(Forbidden, match=r"wechat.another_phone"):
        model.the_code_came_to_the_own_phone("13800000014", "13800000013")


def test_a_county_without_wechat_has_none_of_it_and_an_account_has_one():
    model.wechat_must_be_on(True)
    model.one_account_has_one_wechat(False)
    with pytest.raises(NotFound, match=r"wechat.off"):
        model.wechat_must_be_on(False)
    with pytest.raises(Conflict, match=r"wechat.bound_already"):
        model.one_account_has_one_wechat(True)


def test_a_sign_in_by_wechat_is_never_new_however_new_it_is():
    only_after_a_new_sign_in(start("s", HER, NOW), NOW)
    with pytest.raises(Forbidden, match=r"session.not_by_password"):
        only_after_a_new_sign_in(start("s", HER, NOW, by="wechat"), NOW)


def test_a_browser_is_sent_to_wechat_in_the_order_that_wechat_wants():
    authorize, api = "https://open.weixin.qq.com/connect/oauth2/authorize", "https://api.weixin.qq.com"
    url = WechatProvider("wx1", "secret", authorize, api, "https://xz.example/").url(
        "/sign-in/wechat/back", "abc"
    )
    assert url.startswith(
        f"{authorize}?appid=wx1&redirect_uri=https%3A%2F%2Fxz.example%2Fsign-in%2Fwechat%2Fback&"
    )
    assert url.endswith("&response_type=code&scope=snsapi_base&state=abc#wechat_redirect")
    assert "secret" not in url and parse_qs(urlsplit(url).query)["state"] == ["abc"]


@pytest.mark.parametrize("code", [40029, 40163])
def test_a_code_that_wechat_refuses_is_the_persons_to_get_anew(code):
    with pytest.raises(Rejected, match=r"wechat.code_refused"):
        _read(orjson.dumps({"errcode": code, "errmsg": "x"}))


@pytest.mark.parametrize(
    "said",
    [
        b"", b"[]", b"null", b"{}", b"\xff", b'{"openid": 7}', b'{"openid": ""}', b'{"openid": "a b"}', b'{"errcode": -1}',
        b'{"errcode": "40029"}', b'{"errcode": 40125}', b'{"openid": "' + b"a" * 129 + b'"}', b"{" + b" " * LARGEST_ANSWER + b"}",
    ],
)  # fmt: skip
def test_what_is_no_answer_of_wechats_is_its_trouble(said):
    with pytest.raises(Unavailable, match=r"wechat.away"):
        _read(said)


def test_an_identity_of_a_snapshot_page_is_nobodys():
    with pytest.raises(Rejected, match=r"wechat.snapshot"):
        _read(b'{"openid": "o1", "is_snapshotuser": 1}')
    assert _read(b'{"openid": "o1", "errcode": 0}') == "o1"
