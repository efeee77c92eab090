"""WeChat's web authorization (网页授权, OAuth 2.0): where a browser is sent, and whose code came back; bounded in time, nothing kept.

    <WECHAT_AUTHORIZE_URL>?appid&redirect_uri&response_type=code&scope=snsapi_base&state#wechat_redirect
    GET <WECHAT_API_URL>/sns/oauth2/access_token?appid&secret&code&grant_type=authorization_code
    200   {"access_token", "expires_in", "refresh_token", "openid", "scope"}, or {"errcode", "errmsg"}: WeChat refuses with 200 as well

A code is good once, for five minutes. Of the answer only `openid` is read: the identity of one WeChat user for one app. The secret and the code
stand in the address, so that no address is ever logged. Source: developers.weixin.qq.com, 网页授权.
"""

from __future__ import annotations

import http.client
import logging
import re
import ssl
from contextlib import closing
from urllib.parse import urlencode, urlsplit

from services.chassis.core.circuit_breaker import CircuitBreaker
from services.chassis.core.errors import Rejected, Unavailable
from services.chassis.http import outcomes
from services.chassis.http.exchange import connected, exchange
from services.chassis.http.signing import json_object
from services.civic.settings import CivicSettings
from services.identity.access.wechat.model import code_refused, only_a_whole_account, wechat_is_away

log = logging.getLogger(__name__)

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 2.0, 3.0, 5.0
"""To connect (and again for TLS); between two pieces of the answer; for one exchange, however it drips."""
LARGEST_ANSWER = 8192
REFUSED = (40029, 40163, 41008, 42003)
"""What is wrong with the code: no code of WeChat's, used before, missing, over. Everything else is WeChat's trouble or the county's."""
OPENID = re.compile(r"[A-Za-z0-9_-]{1,128}")


class WechatProvider:
    """WeChat's client, made without connecting; its breaker is the process's own."""

    def __init__(
        self,
        app_id: str,
        secret: str,
        authorize: str,
        api: str,
        ours: str,
        breaker: CircuitBreaker | None = None,
    ):
        address = urlsplit(api.rstrip("/"))
        self._trusted = ssl.create_default_context() if address.scheme == "https" else None
        usual = http.client.HTTPS_PORT if self._trusted else http.client.HTTP_PORT
        self._host, self._port = address.hostname or "", address.port or usual
        self._authority, self._path = (
            address.netloc.rpartition("@")[2],
            f"{address.path}/sns/oauth2/access_token",
        )
        self.app_id, self._secret = app_id, secret
        self._authorize, self._ours = authorize, ours.rstrip("/")
        self.breaker = breaker or CircuitBreaker()

    @classmethod
    def from_platform(cls, database, settings: CivicSettings) -> WechatProvider:
        """Make it from the settings."""
        return cls(
            settings.wechat_app_id,
            settings.wechat_app_secret,
            settings.wechat_authorize_url,
            settings.wechat_api_url,
            settings.public_url,
        )

    @property
    def is_on(self) -> bool:
        """Tell whether the county has an app of its own at WeChat."""
        return bool(self.app_id)

    def url(self, page: str, state: str) -> str:
        """Give where a browser is sent; it comes back to `page` of ours. WeChat wants the names in this order."""
        asked = {
            "appid": self.app_id,
            "redirect_uri": f"{self._ours}{page}",
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
        }
        return f"{self._authorize}?{urlencode(asked)}#wechat_redirect"

    def openid_of(self, code: str) -> str:
        """Exchange a code for the identity that it stands for; raises Rejected for a bad code, Unavailable, at once where WeChat is left alone.

        It is asked once: WeChat may have taken a code whose answer was lost.
        """
        if not self.breaker.begin():
            raise wechat_is_away()
        try:
            openid = self._ask(code)
        except Unavailable:
            self.breaker.failed()
            outcomes.count("wechat", ok=False)
            raise
        except Rejected:
            self._answered()
            raise
        self._answered()
        return openid

    def _answered(self) -> None:
        self.breaker.succeeded()
        outcomes.count("wechat", ok=True)

    def _ask(self, code: str) -> str:
        asked = {
            "appid": self.app_id,
            "secret": self._secret,
            "code": code,
            "grant_type": "authorization_code",
        }
        try:
            status, said = self._exchange(f"{self._path}?{urlencode(asked)}")
        except TimeoutError:
            raise _away("timeout") from None
        except (OSError, http.client.HTTPException, ValueError):
            raise _away("connection") from None
        if status != http.client.OK:
            raise _away(f"status_{status}")
        return _read(said)

    def _exchange(self, path: str) -> tuple[int, bytes]:
        place = (self._host, self._host, self._port, self._trusted)
        headers = {"Host": self._authority, "Accept": "application/json"}
        with (
            closing(connected(*place, CONNECT_SECONDS, READ_SECONDS)) as connection,
            exchange(connection, path, None, headers, WHOLE_SECONDS, "GET") as (answer, deadline),
        ):
            said = answer.read(LARGEST_ANSWER + 1)
            if deadline.passed:
                raise TimeoutError
            return answer.status, said


def _read(said: bytes) -> str:
    told = json_object(said) if len(said) <= LARGEST_ANSWER else {}
    error, openid = told.get("errcode", 0), told.get("openid")
    if error in REFUSED:
        raise code_refused()
    if error:
        raise _away(f"errcode_{error}" if isinstance(error, int) else "malformed")
    if not isinstance(openid, str) or not OPENID.fullmatch(openid):
        raise _away("malformed")
    if told.get("is_snapshotuser"):
        raise only_a_whole_account()
    return openid


def _away(failure: str) -> Unavailable:
    """Say that WeChat is of no use now; why is for who operates the platform (40013, 40125: the app's id or secret is wrong)."""
    log.warning("WeChat did not answer", extra={"failure": failure})
    return wechat_is_away()
