"""WeChat as a real process, and residents who bind it and sign in with it, on a database without a platform around it."""

import uuid
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import requests

from deploy.local.simulators.wechat_book import APP_ID, Behaviour
from services.chassis.core.calls import Call, Caller, utc_now, write_call
from services.chassis.core.circuit_breaker import CircuitBreaker
from services.civic.actor import ANONYMOUS, CivicActor
from services.identity.access.keys import Keys
from services.identity.access.second_factor import SecondFactor
from services.identity.access.sessions.store import SessionStore
from services.identity.access.sessions.tokens import Tokens
from services.identity.access.verification_codes.model import LIFETIME, VerificationCode
from services.identity.access.verification_codes.store import CodeRequests, VerificationCodeStore
from services.identity.access.wechat import usecases, views
from services.identity.access.wechat.provider import WechatProvider
from services.identity.access.wechat.rounds import Rounds
from services.identity.access.wechat.store import WechatBindingStore
from services.identity.people.residents import proofs
from services.identity.wiring.accounts import Accounts
from services.identity.wiring.by_wechat import ByWechat
from tests.integration import simulators
from tests.integration.identity.session_scene import OneKey
from tests.integration.identity.village_scene import Village

KEY, SECRET, HOME = b"k" * 32, "the app's secret", "10.1.2.3"


class Simulator(simulators.Simulator):
    """WeChat, which counts how many codes it was to exchange."""

    name, secret, secret_of = "wechat", SECRET, "WECHAT_APP_SECRET"
    usual: ClassVar[dict] = vars(Behaviour())

    def client(self, app_id: str = APP_ID, secret: str = SECRET) -> WechatProvider:
        """Give a client with a breaker of its own."""
        authorize = f"{self.url}/connect/oauth2/authorize"
        return WechatProvider(app_id, secret, authorize, self.url, "http://ours", CircuitBreaker())

    def visit(self, url: str) -> dict:
        """Go there as a browser does; gives what comes back with it, and the address without."""
        answer = requests.get(url, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.headers["Location"])
        told = {name: values[0] for name, values in parse_qs(back.query).items()}
        return {"to": f"{back.scheme}://{back.netloc}{back.path}", **told}

    @property
    def asked(self) -> int:
        """How many codes were to be exchanged."""
        return self.ask("_asked")["asked"]


class Scene(ByWechat):
    """The use cases as the service runs them, wired as there."""

    def __init__(self, database, simulator: Simulator):
        self.database, self.simulator, self.village = database, simulator, Village(database)
        self.keys, self.residents = Keys(KEY), self.village.residents
        self.people, self.sessions = Accounts(database, SecondFactor(KEY)), SessionStore(database)
        self.codes, self.code_requests = VerificationCodeStore(database), CodeRequests(database)
        self.bindings, self.rounds = WechatBindingStore(database), Rounds(database, KEY)
        for store in (self.sessions, self.codes, self.code_requests, self.bindings, self.rounds):
            store.create_indexes()
        self.tokens, self.provider, self.now = (
            Tokens(OneKey(), KEY, "http://test"),
            simulator.client(),
            utc_now(),
        )

    def resident(self, **entered):
        """Somebody who is certified and has proved the phone."""
        her = self.village.certified(**entered)
        return proofs.prove(self.residents, her.id, her.phone, Call({}, self.as_(her), self.now))

    def as_(self, her, session: str = "her session") -> CivicActor:
        return CivicActor(her.id, "resident", assurance=her.assurance, session=session)

    def call(self, actor, key: str = "", now=None, **asked) -> Call:
        made = write_call("x", asked, actor, key) if key else Call(asked, actor)
        made.now, made.caller = now or self.now, Caller(HOME)
        return made

    def code(self, phone: str, purpose: str = "wechat") -> dict:
        """A code that came to a phone."""
        id = uuid.uuid4().hex
        self.codes.add(
            VerificationCode(id, "", "", purpose, self.now, self.now + LIFETIME, phone=phone), [], Call({})
        )
        return {"code_id": id, "code": self.keys.of_code(id)}

    def begin_binding(self, her, session: str = "her session", **asked) -> dict:
        call = self.call(self.as_(her, session), **(asked or self.code(her.phone)))
        parts = (self.bindings, self.residents, self.rounds, self.provider, self.prove_phone_to_bind)
        return usecases.begin_binding(*parts, call)

    def came_back(self, begun: dict, user: str = "") -> dict:
        """Go to WeChat and back, as this user of it."""
        if user:
            self.simulator.behave(user=user)
        found = self.simulator.visit(begun["url"])
        return {"code": found["code"], "state": found["state"]}

    def bind(self, her, back: dict, session: str = "her session", key: str = "", now=None):
        call = self.call(self.as_(her, session), key or uuid.uuid4().hex, now, **back)
        parts = (self.bindings, self.residents, self.rounds, self.provider, self.hash_of_wechat)
        return usecases.bind(*parts, call)

    def bound(self, user: str = "wang", **entered):
        """Somebody who has bound this WeChat."""
        her = self.resident(**entered)
        self.bind(her, self.came_back(self.begin_binding(her), user))
        return her

    def begin_sign_in(self) -> dict:
        return usecases.begin_sign_in(self.rounds, self.provider, self.call(ANONYMOUS))

    def sign_in(self, user: str = "wang", now=None, **otherwise) -> dict:
        """Go to WeChat and back, and sign in; `otherwise` replaces what is sent."""
        begun = self.begin_sign_in()
        sent = {**self.came_back(begun, user), "browser": begun["browser"], "device_token": None, **otherwise}
        return self.sign_in_with(sent, now)

    def sign_in_with(self, sent: dict, now=None) -> dict:
        return usecases.sign_in(
            self.bindings, self.rounds, self.provider, self.hash_of_wechat, self.count_wechat_round,
            self.begin_wechat_session, self.end_wechat_sessions, self.call(ANONYMOUS, now=now, **sent),
        )  # fmt: skip

    def undo(self, her, session: str = "her session", key: str = ""):
        call = self.call(self.as_(her, session), key or uuid.uuid4().hex)
        parts = (self.bindings, self.residents, self.provider, self.end_wechat_sessions)
        return usecases.undo(*parts, call)

    def is_bound(self, her) -> bool:
        return views.own(self.bindings, self.provider, self.call(self.as_(her)))["is_bound"]

    def told(self, her) -> list[str]:
        """What was told of her bindings."""
        found = self.bindings.documents.find({"person": her.id}).sort("bound_at", 1)
        return [entry["type"] for one in found for entry in one["outbox"]]
