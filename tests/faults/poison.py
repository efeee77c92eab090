"""Messages that are poisoned on purpose: they, and nothing else, must be the dead letters at the end."""

from dataclasses import replace
from datetime import UTC, datetime

from deploy.local.story.identity import VILLAGE
from services.chassis.amqp import transport
from services.chassis.amqp.publishing import ConfirmingChannel, Outgoing
from services.chassis.events.event import Envelope, to_message

PEOPLE = Envelope(
    id="",
    type="xiangzhi.identity.resident.certified.v1",
    source="/xiangzhi/identity",
    subject="",
    time=datetime(2026, 1, 1, tzinfo=UTC),
    region=VILLAGE,
    sequence=1,
    data={"resident_id": "nobody"},
)


def doses(round: int) -> list[tuple[str, Outgoing]]:
    """Give one poisoned message of every kind with its id: unreadable, of no known type, and one that a handler chokes on."""
    unreadable, unknown, choking = (f"poison-{round}-{kind}" for kind in ("unreadable", "unknown", "choking"))
    strange = replace(PEOPLE, id=unknown, subject=unknown, type="xiangzhi.identity.resident.vanished.v1")
    return [
        (
            unreadable,
            Outgoing(
                "", "market.people.v1", b"\xff not an event", {"message_id": unreadable, "delivery_mode": 2}
            ),
        ),
        (unknown, _straight_to("integrity.people.v1", strange)),
        (choking, _straight_to("affairs.people.v1", replace(PEOPLE, id=choking, subject=choking))),
    ]


def send(uri: str, round: int) -> list[str]:
    """Send one of every kind straight to a service's queue, until each is confirmed; gives their ids."""
    sent = []
    for id, message in doses(round):
        while True:
            connection = None
            try:
                connection = transport.connect(uri, "poison")
                if not ConfirmingChannel(connection).publish([message]):
                    break
            except transport.OUTAGES:
                continue
            finally:
                transport.close_quietly(connection)
        sent.append(id)
    return sent


def _straight_to(queue: str, event: Envelope) -> Outgoing:
    body, properties = to_message(event)
    return Outgoing("", queue, body, properties)
