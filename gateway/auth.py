"""Authentication: an access token (JWT, EdDSA) becomes an `CivicActor`; the keys come from identity and are cached by id."""

import threading
import time
from contextlib import suppress
from dataclasses import replace

import jwt
from flask import Request

from gateway.errors import Unauthenticated
from gateway.introspections import Introspections
from gateway.revoked_sessions import session_over
from services.chassis.core.actor import Role
from services.chassis.core.errors import DomainError, Forbidden, Invalid
from services.civic.actor import ANONYMOUS, SYSTEM, CivicActor

AUDIENCE = "xiangzhi"
KEYS_ASKED_SECONDS = 5
"""Identity is asked for unknown keys at most this often: a forged key id must not become a way to load it."""
KEYS_KEPT_SECONDS = 60
"""Known keys are asked for again this often, so that one that was taken out stops verifying."""
PATIENCE = 2.0
"""Seconds that the request which asks for them again waits: the known ones hold meanwhile."""

MACHINE_KEY = "xzk_"
"""What the keys of departments' machines begin with."""

TOKENS_REMEMBERED = 10_000


class Authentication:
    """Reads tokens; verified ones are remembered until they expire, so that a signature is checked once.

    `ended` refuses those whose session is over, as far as it has heard; where it must hold at once, identity is asked.
    """

    def __init__(self, client, issuer: str, ended):
        self._client = client
        self._introspections = Introspections(client)
        self._ended = ended
        self._issuer = issuer
        self._keys: dict[str, jwt.PyJWK] = {}
        self._asked = float("-inf")
        self._renewed = float("-inf")
        self._lock = threading.Lock()
        self._known: dict[str, tuple[float, CivicActor]] = {}

    def actor_of(self, request: Request, at_once: bool = False) -> CivicActor:
        """Give the actor of a request; anonymous where no token was sent, Unauthenticated where it is not valid.

        `at_once` for what must not outlive its session by a moment: raises Unavailable where identity does not answer.
        """
        token = _token_of(request)
        if not token:
            return ANONYMOUS
        return self._machine(token) if token.startswith(MACHINE_KEY) else self.actor_with(token, at_once)

    def actor_with(self, token: str, at_once: bool = False) -> CivicActor:
        """Give the actor of an access token, as `actor_of` does."""
        actor = self._verified(token)
        if at_once:
            return self._introspected(actor)
        self._ended.refuse(actor.session)
        return actor

    def claimant_of(self, request: Request) -> CivicActor:
        """Give whom a request's token names, and tell nobody of it: whether the session goes on is not asked.

        A machine's key stands for its department. Raises Unauthenticated where the token is not valid.
        """
        token = _token_of(request)
        if not token:
            return ANONYMOUS
        return CivicActor(token, "department") if token.startswith(MACHINE_KEY) else self._verified(token)

    def _introspected(self, actor: CivicActor) -> CivicActor:
        """Ask identity what the session lets its person do, as it is committed now: nobody has to have heard of what ended it."""
        now = self._introspections.of(actor.session, actor.kind)
        if now is None:
            raise session_over()
        visits = now["roles"] is None
        roles = actor.roles if visits else tuple(Role(*role) for role in now["roles"])
        held = {name: now[name] for name in ("kind", "assurance", "away")}
        return replace(actor, roles=roles, **held, next_step=now.get("next_step") or "")

    def _machine(self, key: str) -> CivicActor:
        """Ask identity whose machine it is, for each request: a key that was revoked opens nothing from then on."""
        try:
            known = self._client.call("identity", "machine_key_holder", {"key": key}, SYSTEM)
        except (Forbidden, Invalid):
            raise Unauthenticated(
                "token.wrong_machine_key", "机器密钥无效、已撤销或已到期，请更换。"
            ) from None
        return CivicActor(known["department_id"], "department")

    def _verified(self, token: str) -> CivicActor:
        self._forget_old_keys()
        known = self._known.get(token)
        return known[1] if known and known[0] > time.time() else self._verify(token)

    def _verify(self, token: str) -> CivicActor:
        try:
            key = self._key(jwt.get_unverified_header(token).get("kid"))
            claims = jwt.decode(
                token,
                key,
                algorithms=["EdDSA"],
                audience=AUDIENCE,
                issuer=self._issuer,
                options={"require": ["exp", "sub", "sid", "kind"]},
            )
            actor = CivicActor.from_wire({"id": claims["sub"], "session": claims["sid"], **claims})
        except jwt.ExpiredSignatureError:
            raise Unauthenticated("token.expired", "登录已过期，请刷新令牌或重新登录。") from None
        except (jwt.PyJWTError, KeyError, TypeError, ValueError):
            raise Unauthenticated("token.invalid", "访问令牌无效，请重新登录。") from None
        if len(self._known) >= TOKENS_REMEMBERED:
            self._known.clear()
        self._known[token] = (claims["exp"], actor)
        return actor

    def _key(self, kid: str | None) -> jwt.PyJWK:
        key = self._keys.get(kid or "")
        if key is None:
            self._ask_for_keys()
            key = self._keys.get(kid or "")
        if key is None:
            raise jwt.InvalidKeyError("unknown key")
        return key

    def _ask_for_keys(self, timeout: float | None = None) -> None:
        with self._lock:
            if time.monotonic() - self._asked < KEYS_ASKED_SECONDS:
                return
            answer = self._client.call("identity", "signing_keys", {}, SYSTEM, timeout=timeout)
            keys = {key["kid"]: jwt.PyJWK(key) for key in answer["keys"]}
            if self._keys.keys() - keys.keys():
                # a token of a key that is gone may be forged
                self._known.clear()
            self._keys = keys
            self._asked = time.monotonic()

    def _forget_old_keys(self) -> None:
        """Ask for the keys again now and then; while identity does not answer, the known ones hold."""
        now = time.monotonic()
        if self._keys and now - max(self._asked, self._renewed) > KEYS_KEPT_SECONDS:
            self._renewed = now
            with suppress(DomainError):
                self._ask_for_keys(PATIENCE)


def _token_of(request: Request) -> str:
    """Give the token that a request carries, "" where it carries none; raises Unauthenticated for what cannot be one."""
    header = request.headers.get("Authorization")
    if not header:
        return ""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token or len(token) > 4096:
        raise Unauthenticated("token.malformed", "请在 Authorization 中以 Bearer 方式提供访问令牌。")
    return token
