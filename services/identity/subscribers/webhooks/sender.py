"""The sender: delivers to the departments' endpoints: `python -m services.identity.subscribers.webhooks.sender`.

Each round finds who has something to get (`due.py`); a thread takes one turn with one endpoint. Who waits for whom, so that slow and dead
ones wait for each other only: `lanes.py`. Of several senders one sends (`services/chassis/daemons/lease.py`); a killed or paused one makes
duplicates only.
"""

import logging
import sys
import time
from contextlib import suppress
from functools import partial

from pymongo.errors import PyMongoError

from services.chassis.core.calls import Call
from services.chassis.core.errors import AlreadyAnswered, Conflict
from services.chassis.daemons import daemon
from services.chassis.daemons.lease import Lease
from services.chassis.events.registry import import_all
from services.chassis.storage.database import connect
from services.civic.actor import SYSTEM
from services.civic.settings import CivicSettings
from services.identity.subscribers.webhooks.delivery_attempt import Task, WebhookAttempt, WebhookParts
from services.identity.subscribers.webhooks.due import DueTasks
from services.identity.subscribers.webhooks.lanes import GiveWay, Lanes
from services.identity.subscribers.webhooks.model import Webhook, new_webhook
from services.identity.wiring.sending import webhook_parts

PROCESS = "identity-webhooks"

log = logging.getLogger("services.identity.subscribers.webhooks.sender")

PAUSE_AFTER_A_FAULT = 10.0


class WebhookSender(daemon.Daemon):
    """Delivers until it is stopped."""

    name = "sender"

    def __init__(self, parts: WebhookParts, settings: CivicSettings):
        super().__init__(settings, "identity", parts.subscriptions.delivery.feed.collection)
        self.parts = parts
        self.lease = Lease(parts.cursors.documents.database, self.name)
        self.lanes = Lanes()
        self.in_hand: set[str] = set()
        self.later: dict[str, float] = {}
        self.due = DueTasks(parts)

    def close(self) -> None:
        """End the turns after the request in hand, and leave the endpoints to the next one."""
        self.lanes.close()
        with suppress(PyMongoError):
            self.lease.release()

    def round(self) -> int:
        """Let everybody take a turn who has something to get, if this is the one that sends; gives how many that are."""
        if not self.lease.held():
            self.due.reached.clear()
            return 0
        if self.lease.fence != self.parts.cursors.fence:
            self.due.reached.clear()  # somebody else may have sent meanwhile
            self.parts.cursors.fence = self.lease.fence
        # looked at before what is stored is read: who ends its turn meanwhile has changed it
        busy = frozenset(self.in_hand)
        receiving = {one.id: (one, grant) for one, grant in self.parts.subscriptions.receiving("webhook")}
        if not receiving:
            return 0
        known, endpoints = self.parts.webhooks.of(list(receiving)), []
        for id, (department, grant) in receiving.items():
            if id in busy or time.monotonic() < self.later.get(id, 0.0):
                continue
            if webhook := known.get(id) or self._begin(department):
                endpoints.append((department, grant, webhook))
        tasks = self.due.tasks(endpoints, self.parts.clock())
        for task in tasks:
            self.in_hand.add(task.webhook.id)
            self.lanes.run(partial(self._work, task), task.webhook.quick)
        return len(tasks)

    def _ends(self) -> bool:
        """Tell whether a turn is to end: with the process, or because somebody else sends."""
        return self.stopping or not self.lease.fence

    def _begin(self, department) -> Webhook | None:
        webhook = new_webhook(department, self.parts.clock())
        try:
            self.parts.webhooks.add(webhook, [], Call({}, SYSTEM, now=webhook.since))
        except (AlreadyAnswered, Conflict):
            return None  # somebody else was first: the next round finds it
        return webhook

    def _work(self, task: Task, give_way: GiveWay) -> None:
        id = task.webhook.id
        try:
            self.due.reached.pop(id, None)
            turn = WebhookAttempt(self.parts, task, self._ends, give_way)
            reached = turn.take()
            if reached is not None:
                self.due.reached[id] = (turn.webhook.epoch, reached)
        except Exception as error:
            # one endpoint's fault, or an outage, must not end what all share
            self.later[id] = time.monotonic() + PAUSE_AFTER_A_FAULT
            log.error("a turn failed", extra={"department": id}, exc_info=error)
        finally:
            self.in_hand.discard(id)
            self.wake_ups.notify()


def make(settings: CivicSettings) -> WebhookSender:
    """Make the sender of a process."""
    import_all()
    database = connect(settings, "identity", PROCESS)
    return WebhookSender(webhook_parts(database, settings), settings).beats_in(database, PROCESS)


if __name__ == "__main__":
    sys.exit(daemon.main(PROCESS, make, CivicSettings))
