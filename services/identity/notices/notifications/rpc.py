"""The notices' doors."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.notices.notifications import contract, usecases, views
from services.identity.notices.notifications.store import NoticeStore

EVERYBODY = ("resident", "official")


class NoticeEndpoints:
    """A person's own inbox."""

    notices = Provided(NoticeStore)

    @rpc(contract.ListNotices, contract.NoticePage, allow=EVERYBODY)
    def list_notices(self, call):
        return views.inbox(self.notices, call)

    @rpc(contract.ReadNotice, contract.Notice, allow=EVERYBODY, writes=True, assurance=0)
    def read_notice(self, call):
        return usecases.read(self.notices, views.own(call), call)
