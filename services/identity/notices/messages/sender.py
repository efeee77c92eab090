"""The sender of messages: `python -m services.identity.notices.messages.sender`.

Each round finds what is due; a worker takes the turn of one message. Sign-in codes have workers of their own, so that they do not
wait behind the night's notices. A killed or second sender sends nothing twice that the provider knows by its id.
"""

import logging
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from pymongo.errors import PyMongoError

from services.chassis.amqp import wake_ups
from services.chassis.core import garbage, logs
from services.chassis.core.settings import WrongSetting
from services.chassis.events.registry import import_all
from services.chassis.storage.database import connect
from services.civic.settings import CivicSettings
from services.identity.notices.messages.delivery_attempt import SmsAttempt, SmsParts
from services.identity.notices.messages.store import MessageStore
from services.identity.wiring.sending import sms_parts

log = logging.getLogger("services.identity.notices.messages.sender")

WORKERS = 4
"""Workers of each of the two lanes."""

AHEAD = 4 * WORKERS
"""Messages of a lane that are in hand or wait for a worker."""

SWEEP_SECONDS = 1.0
PACE_SECONDS = 0.05


class SmsSender:
    """Sends until it is stopped."""

    def __init__(self, parts: SmsParts, settings: CivicSettings):
        self.parts, self.settings = parts, settings
        self.bell, self.stopping = threading.Event(), threading.Event()
        self.lanes = {
            urgent: ThreadPoolExecutor(WORKERS, thread_name_prefix="codes" if urgent else "notices")
            for urgent in (True, False)
        }
        self.in_hand: dict[bool, set[str]] = {True: set(), False: set()}

    def stop(self, *_) -> None:
        """Let every worker end after the message in hand."""
        self.stopping.set()
        self.bell.set()

    def run(self) -> None:
        """Send until `stop`; outages are waited out."""
        threading.Thread(target=self._hear, name="doorbell", daemon=True).start()
        log.info("sender started", extra={"providers": len(self.parts.providers)})
        while not self.stopping.is_set():
            self.bell.wait(SWEEP_SECONDS)
            self.bell.clear()
            try:
                self.round()
            except PyMongoError as error:
                log.warning("sender cannot work, trying again", extra={"failure": type(error).__name__})
                self.stopping.wait(SWEEP_SECONDS)
            self.stopping.wait(PACE_SECONDS)
        self.close()
        log.info("sender stopped")

    def close(self) -> None:
        """End the workers after what they have in hand."""
        for lane in self.lanes.values():
            lane.shutdown(cancel_futures=True)

    def round(self) -> int:
        """Give a worker to every message that is due; gives how many got one."""
        if not self.parts.providers:
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
            self.bell.set()

    def _hear(self) -> None:
        uri, what = self.settings.amqp_uri, MessageStore.collection
        wake_ups.hear(uri, "identity", lambda _: self.bell.set(), self.stopping, what=what)


def main() -> int:
    """Run the sender until SIGTERM or SIGINT."""
    try:
        settings = CivicSettings.from_environment()
        import_all()
        sender = SmsSender(sms_parts(connect(settings, "identity"), settings), settings)
    except WrongSetting as error:
        print(error, file=sys.stderr)
        return 2
    logs.set_up("identity-messages", settings.log_level)
    signal.signal(signal.SIGTERM, sender.stop)
    signal.signal(signal.SIGINT, sender.stop)
    garbage.settle()
    sender.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
