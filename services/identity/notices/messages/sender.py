"""The sender of messages: `python -m services.identity.notices.messages.sender`.

Each round finds what is due, unless all providers rest; a worker takes the turn of one message. Sign-in codes have workers of their own, so that they do not
wait behind the night's notices. A killed or second sender sends nothing twice that the provider knows by its id.
"""

import logging
import sys
from concurrent.futures import ThreadPoolExecutor

from services.chassis.daemons import daemon
from services.chassis.events.registry import import_all
from services.chassis.storage.database import connect
from services.civic.settings import CivicSettings
from services.identity.notices.messages.delivery_attempt import SmsAttempt, SmsParts
from services.identity.notices.messages.store import MessageStore
from services.identity.wiring.sending import sms_parts

PROCESS = "identity-messages"

log = logging.getLogger("services.identity.notices.messages.sender")

WORKERS = 4
"""Workers of each of the two lanes."""

AHEAD = 4 * WORKERS
"""Messages of a lane that are in hand or wait for a worker."""


class SmsSender(daemon.Daemon):
    """Sends until it is stopped."""

    name = "sender"

    def __init__(self, parts: SmsParts, settings: CivicSettings):
        super().__init__(settings, "identity", MessageStore.collection)
        self.parts = parts
        self.lanes = {
            urgent: ThreadPoolExecutor(WORKERS, thread_name_prefix="codes" if urgent else "notices")
            for urgent in (True, False)
        }
        self.in_hand: dict[bool, set[str]] = {True: set(), False: set()}

    def close(self) -> None:
        """End the workers after what they have in hand."""
        for lane in self.lanes.values():
            lane.shutdown(cancel_futures=True)

    def round(self) -> int:
        """Give a worker to every message that is due; gives how many got one."""
        if not self.parts.somebody_is_up:
            return 0
        started = 0
        for urgent, lane in self.lanes.items():
            in_hand = self.in_hand[urgent]
            for id in self.parts.messages.due(urgent, self.parts.clock(), AHEAD):
                if id in in_hand or len(in_hand) >= AHEAD:
                    continue
                in_hand.add(id)
                lane.submit(self._work, id, in_hand)
                started += 1
        return started

    def _work(self, id: str, in_hand: set[str]) -> None:
        try:
            SmsAttempt(self.parts, id).take()
        except Exception as error:
            # one message's fault, or an outage, must not end the worker that all share; its lease brings it back
            log.error("a message's turn failed", extra={"message_id": id}, exc_info=error)
        finally:
            in_hand.discard(id)
            self.wake_ups.notify()


def make(settings: CivicSettings) -> SmsSender:
    """Make the sender of a process."""
    import_all()
    database = connect(settings, "identity", PROCESS)
    return SmsSender(sms_parts(database, settings), settings).beats_in(database, PROCESS)


if __name__ == "__main__":
    sys.exit(daemon.main(PROCESS, make, CivicSettings))
