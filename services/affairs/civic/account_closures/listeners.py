"""What departures hear of erasures, and of visitors whose time is over."""

from dataclasses import replace

from services.chassis.listeners import hears
from services.civic.privacy.account_closure import AccountClosureListeners


class AccountClosureListeners(AccountClosureListeners):
    """`departures` is declared by the doors, `count_open` and `erase_person` are wired in the service."""

    @hears("identity.visitor.forgotten", queue="departures")
    def on_identity_visitor_forgotten(self, event, call):
        self.erase_person(event.data["visitor_id"], replace(call, key="", render=None))
