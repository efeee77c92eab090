"""Bindings as documents; of an ended one stays for a month that there was one, and not whose WeChat it was."""

from pymongo import ASCENDING, IndexModel

from services.chassis.core.errors import Conflict, NotFound
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, PersonalData, forgotten
from services.civic.store import RegionalStore
from services.identity.access.wechat.model import WechatBinding, bound_already, bound_elsewhere

KEPT_SECONDS = 30 * 24 * 3600
LIVING = {"state": "bound"}


class WechatBindingStore(RegionalStore[WechatBinding]):
    """The bindings' collection; two unique indexes let one identity open one account, and one account have one."""

    service = "identity"
    collection = "wechat_bindings"
    becomes = Follows(person="person")
    of_a_person = PersonalData(
        (
            ExportSection(
                "绑定的微信（平台只存密钥散列）",
                "person",
                None,
                {"bound_at": "绑定时间", "ended_at": "解除时间", "state": "状态"},
            ),
        ),
        erased="ended, whose WeChat it was forgotten, gone 30 days later",
        erase=forgotten,
        stays=("person",),
    )  # fmt: skip
    aggregate = WechatBinding
    noun = "wechat_binding"
    missing = "没有绑定微信，请刷新后查看。"
    indexes = (
        IndexModel(
            [("openid_hash", ASCENDING)],
            name="one_account_of_an_identity",
            unique=True,
            partialFilterExpression=LIVING,
        ),
        IndexModel(
            [("person", ASCENDING)],
            name="one_identity_of_an_account",
            unique=True,
            partialFilterExpression=LIVING,
        ),
        IndexModel([("person", ASCENDING)], name="of_a_person"),
        IndexModel([("regions", ASCENDING)], name="of_a_region"),
        IndexModel([("ended_at", ASCENDING)], name="forgotten", expireAfterSeconds=KEPT_SECONDS),
    )

    def conflict(self, index: str) -> Conflict:
        """Say which of the two is bound already; `index` is the first field of the one that is broken."""
        return bound_elsewhere() if index == "openid_hash" else bound_already()

    def of_person(self, person: str) -> WechatBinding | None:
        """The binding of an account, or None."""
        return self._one({"person": person, **LIVING})

    def of_identity(self, openid_hash: str) -> WechatBinding | None:
        """The binding of a WeChat identity, or None."""
        return self._one({"openid_hash": openid_hash, **LIVING})

    def stop_at_repeat(self, id: str, call: Call) -> None:
        """Raise AlreadyAnswered where this call has made it."""
        try:
            self.get(id, call)
        except NotFound:
            return

    def forget(self, person: str) -> None:
        """End a person's binding, and forget whose WeChat it was."""
        ended = {
            "$set": {"state": "ended", "openid_hash": ""},
            "$inc": {"version": 1},
            "$currentDate": {"ended_at": True},
        }
        self.documents.update_many({"person": person, **LIVING}, ended)
        self.forget_answers({"person": person})

    def _one(self, where: dict) -> WechatBinding | None:
        found = self.documents.find_one(where, {"outbox": 0, "requests": 0})
        return found and self.from_document(found)
