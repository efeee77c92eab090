"""Two real SMS simulators, a receiver of their receipts that hands them to identity's door, and a sender whose clock the test moves."""

import secrets
import threading
import time
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from deploy.local.simulators.sms_book import Behaviour
from services.chassis.core.calls import Call, event_call, utc_now
from services.chassis.core.errors import DomainError
from services.chassis.events.event import Envelope
from services.civic.actor import ANONYMOUS
from services.civic.quiet_hours import QuietHours
from services.civic.settings import CivicSettings
from services.identity.notices.messages import usecases
from services.identity.notices.messages.delivery_attempt import SmsParts
from services.identity.notices.messages.ports import SmsOrder
from services.identity.notices.messages.provider import SmsProvider
from services.identity.notices.messages.receipts import DeliveryReceipts
from services.identity.notices.messages.sender import SmsSender
from services.identity.notices.messages.store import MessageStore, Nonces
from services.identity.notices.messages.templates import shipped_templates
from tests.integration import simulators

SECRET = "the secret of the tests"
PATIENCE = 20
WINDOW = timedelta(minutes=10)
NO_QUIET = "00:00-00:00"
ANSWER_SECONDS = 3.0


class Simulator(simulators.Simulator):
    """One SMS provider, in a hurry."""

    name, secret = "sms", SECRET
    usual: ClassVar[dict] = {**vars(Behaviour()), "delay_ms": 10}

    def told(self) -> dict:
        """Give {messages, asked}."""
        return self.ask("_sent")

    def texts(self, phone: str) -> list[str]:
        """Give what a phone got, in order."""
        return [one["text"] for one in self.told()["messages"] if one["phone"] == phone]


class Receiver:
    """A tiny gateway: POST /messages/receipts/<provider> goes to the use case; `outcomes` are states and refusals in order."""

    def __init__(self, take):
        self.outcomes: list[str] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                names = {
                    "timestamp": "X-Sms-Timestamp",
                    "nonce": "X-Sms-Nonce",
                    "signature": "X-Sms-Signature",
                }
                sent = {name: self.headers[header] for name, header in names.items()}
                try:
                    outcome = take({**sent, "body": body, "provider": self.path.rpartition("/")[2]})
                except DomainError as refusal:
                    outcome = refusal.code
                receiver.outcomes.append(outcome)
                self.send_response(403 if "." in outcome else 200)
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/messages/receipts"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def end(self) -> None:
        """Close it."""
        self.server.shutdown()
        self.server.server_close()


class Scene:
    """Messages with a sender and two providers; `pass_time` moves the schedule's clock, the signatures keep the wall's."""

    def __init__(self, database, first: Simulator, second: Simulator):
        self.messages, self.nonces = MessageStore(database), Nonces(database)
        self.messages.create_indexes()
        self.nonces.create_indexes()
        self.first, self.second, self.stopped = first, second, utc_now()
        self.receipts = DeliveryReceipts({"first": SECRET, "second": SECRET}, self.nonces)
        self.receiver = Receiver(self.take)
        self.phones: dict[str, str] = {}
        self.mark = secrets.token_hex(4)
        self.parts = SmsParts(
            self.messages,
            {name: self._provider(name, one) for name, one in (("first", first), ("second", second))},
            self.phones.get,
            lambda code_id: "123456",
            QuietHours.read(NO_QUIET),
            clock=self.now,
            chance=lambda: 1.0,
        )
        self.sender = SmsSender(self.parts, CivicSettings.from_environment())
        for simulator in (first, second):
            simulator.behave()

    def _provider(self, name: str, simulator: Simulator) -> SmsProvider:
        return SmsProvider(simulator.url, SECRET, f"{self.receiver.url}/{name}", (3.0, ANSWER_SECONDS))

    def without_fallback(self) -> None:
        """Have one provider only."""
        self.parts.providers.pop("second")
        self.parts.breakers.pop("second")

    def now(self) -> datetime:
        """Give the schedule's time."""
        return self.stopped

    def pass_time(self, **delta) -> None:
        """Let time pass without waiting."""
        self.stopped += timedelta(**delta)

    def take(self, sent: dict) -> str:
        """Hand one receipt to the use case; gives the message's state."""
        return usecases.take_receipt(self.messages, self.receipts, Call(sent, ANONYMOUS)).state

    def person(self, id: str) -> str:
        """Make somebody with a phone of their own, which nobody had in an earlier test; gives the phone."""
        self.phones[id] = f"139{time.monotonic_ns() % 100_000_000:08d}"
        return self.phones[id]

    def tell(self, verb: str, subject="a1", person="w", sequence=1, window=WINDOW) -> None:
        """Let an event of an application be heard; its ids are this scene's own, as the simulators outlive it."""
        subject = f"{self.mark}-{subject}"
        event = Envelope(
            f"{subject}:{sequence}", f"xiangzhi.affairs.application.{verb}.v1", "/xiangzhi/affairs", subject,
            self.now(), "510183103204", sequence, {"applicant_id": person, "application_id": subject},
        )  # fmt: skip
        call = event_call(event.id, event.data, event.time)
        order = SmsOrder(person, "applications", event, call)
        usecases.tell_all(self.messages, shipped_templates(), window, [order])

    def send_code(self, person="w") -> None:
        """Have a sign-in code sent, which is good for five minutes."""
        until = self.now() + timedelta(minutes=5)
        call = Call({}, ANONYMOUS, now=self.now())
        usecases.send_code(self.messages, shipped_templates(), "c1", person, "510183", until, call)

    def settle(self) -> None:
        """Let the sender work until nothing is due."""
        end = time.monotonic() + PATIENCE
        while self.sender.round() or any(self.sender.in_hand.values()):
            assert time.monotonic() < end, "the sender does not come to an end"
            time.sleep(0.005)

    def later(self, **delta) -> None:
        """Let time pass and the sender work."""
        self.pass_time(**delta)
        self.settle()

    def all(self) -> list:
        """Give every message, in the order in which they were made."""
        return [self.messages.from_document(one) for one in self.messages.documents.find().sort("_id", 1)]

    @property
    def one(self):
        """Give the only message."""
        (found,) = self.all()
        return found

    def wait_for(self, happened) -> None:
        """Wait until something happened, for so long at most."""
        end = time.monotonic() + PATIENCE
        while not happened():
            assert time.monotonic() < end, (self.receiver.outcomes, [vars(one) for one in self.all()])
            time.sleep(0.01)

    def close(self) -> None:
        """End the workers and the receiver."""
        self.sender.stop()
        self.sender.close()
        self.receiver.end()
