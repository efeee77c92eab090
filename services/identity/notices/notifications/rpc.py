"""The notices' operations."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.notices.notifications import contract, usecases, views
from services.identity.notices.notifications.model import Notice
from services.identity.notices.notifications.store import NoticeStore


class NoticeEndpoints:
    """A person's own inbox."""

    notices = Provided(NoticeStore)

    @rpc(contract.list_notices)
    def list_notices(self, call: Call) -> dict:
        return views.inbox(self.notices, call)

    @rpc(contract.read_notice)
    def read_notice(self, call: Call) -> Notice:
        return usecases.read(self.notices, views.own(call), call)

    @rpc(contract.read_notices)
    def read_notices(self, call: Call) -> dict:
        return usecases.read_up_to(self.notices, views.told(call), call)
