"""The checks: ledger and evidence side by side; each gives what it found wrong, and nothing when nothing is."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from services.chassis.events.event import Envelope
from services.identity.notices.notifications.model import everybody_concerned_is_notified
from tests.faults.evidence import Evidence
from tests.faults.ledger import UNNAMED, Ledger
from tests.faults.writers import STOCK

NOUNS = ("resident", "application", "listing", "order", "report")
ONE_EVENT_A_VERSION = ("residents", "orders", "applications", "reports")
WITHOUT_REGION = ("integrity", "latecomer")
"""Services whose copy of the residents says whether a village vouches and nothing of which one."""
MARKS = {
    "market.listing.changed": "price_fen",
    "market.listing.reserved": "order_id",
    "market.listing.released": "order_id",
}


@dataclass(frozen=True)
class Case:
    """Everything that is compared; `poisoned` are the ids of the messages that were poisoned on purpose."""

    ledger: Ledger
    evidence: Evidence
    poisoned: list[str]


def acknowledged_writes_lost(case: Case) -> Iterator[str]:
    """Every acknowledged write has left its key in its document, and the last one its state."""
    documents = case.evidence.documents
    keys = {
        place: {one["key"] for one in document.get("requests", ())} for place, document in documents.items()
    }
    unnamed = 0
    for one in case.ledger.writes:
        if one.subject == UNNAMED:
            unnamed += 1
        elif one.key not in keys.get((one.service, one.collection, one.subject), ()):
            yield f"{one.event} of {one.collection} {one.subject} {one.mark}"
    yield from ("a report" for _ in range(unnamed - sum(place[1] == "reports" for place in documents)))
    for place, state in case.ledger.states.items():
        found = {name: documents.get(place, {}).get(name) for name in state}
        if found != state:
            yield f"{place} is {found}, answered was {state}"


def writes_done_twice(case: Case) -> Iterator[str]:
    """No event of what the writers write is there that no acknowledged write explains."""
    for extra, times in (told(case.evidence) - case.ledger.events()).items():
        yield f"{extra} {times} times too often"


def events_lost(case: Case) -> Iterator[str]:
    """Every write's event is archived, every archived one was delivered as it is, and the other way round."""
    for lost, times in (case.ledger.events() - told(case.evidence)).items():
        yield f"not archived: {lost} {times} times"
    archived = case.evidence.archived
    delivered = {(one["source"], one["subject"], one["sequence"]): one for one in case.evidence.wire}
    yield from (f"not delivered: {key}" for key in archived.keys() - delivered.keys())
    yield from (f"delivered and not archived: {key}" for key in delivered.keys() - archived.keys())
    for key in archived.keys() & delivered.keys():
        if archived[key]["data"] != delivered[key]["data"]:
            yield f"delivered otherwise than archived: {key}"
    counted = Counter((source.rpartition("/")[2], subject) for source, subject, _ in archived)
    for (service, collection, id), document in case.evidence.documents.items():
        if collection in ONE_EVENT_A_VERSION and counted[service, id] != document["version"]:
            yield f"{collection} {id} has version {document['version']} and {counted[service, id]} events"


def effects_missing(case: Case) -> Iterator[str]:
    """Every listener has applied every event; whom an event concerns has the notice."""
    for name, tally in case.evidence.applied.items():
        applied = {
            (*aggregate.split("|"), sequence) for aggregate, seen in tally.items() for sequence in seen
        }
        yield from (f"{name} has not applied {key}" for key in case.evidence.archived.keys() - applied)
    yield from (f"no notice {one}" for one in due_notices(case.evidence) - case.evidence.notices)


def effects_applied_twice(case: Case) -> Iterator[str]:
    """No listener has applied an event twice, nobody has a notice twice, and every box is counted once."""
    for name, tally in case.evidence.applied.items():
        for aggregate, seen in tally.items():
            yield from (f"{name}: {aggregate} {seq}" for seq, times in Counter(seen).items() if times > 1)
    yield from (f"notice {one} too often" for one in case.evidence.notices - due_notices(case.evidence))
    held = boxes_of_open_orders(case)
    shelves = {
        subject for _, event, subject, _ in case.ledger.consequences if event == "market.listing.reserved"
    }
    for id in shelves:
        listing = case.evidence.documents["market", "listings", id]
        if (listing["stock"], listing["reserved"]) != (STOCK - held[id], held[id]):
            yield f"listing {id}: {listing['stock']} in stock, {listing['reserved']} reserved, {held[id]} ordered"


def out_of_order(case: Case) -> Iterator[str]:
    """At first occurrence an aggregate's events come in their order: on the wire, in every listener, in history."""
    last: dict[tuple[str, str], int] = {}
    seen = set()
    for one in case.evidence.wire:
        aggregate, sequence = (one["source"], one["subject"]), one["sequence"]
        if (aggregate, sequence) in seen:
            continue
        seen.add((aggregate, sequence))
        if sequence < last.get(aggregate, 0):
            yield f"on the wire: {aggregate} {sequence} after {last[aggregate]}"
        last[aggregate] = sequence
    for name, tally in case.evidence.applied.items():
        for aggregate, applied in tally.items():
            first = list(dict.fromkeys(applied))
            if first != sorted(first):
                yield f"{name} applied {aggregate} as {first}"
    yield from _prices_out_of_order(case)


def stuck_outboxes(case: Case) -> Iterator[str]:
    """Nothing waits any more: no outbox, no held aggregate, no queue."""
    yield from case.evidence.stuck


def dead_letters_not_poisoned(case: Case) -> Iterator[str]:
    """The dead letters are exactly what was poisoned."""
    yield from (f"dead: {id}" for id in case.evidence.dead if id not in case.poisoned)
    yield from (f"poison that nobody gave up: {id}" for id in case.poisoned if id not in case.evidence.dead)


def copies_unlike_a_recount(case: Case) -> Iterator[str]:
    """Every service's copy of the residents says what the residents' own documents say."""
    documents = case.evidence.documents.items()
    residents = {id: document for (_, collection, id), document in documents if collection == "residents"}
    for service, people in case.evidence.copies.items():
        yield from (f"{service} has no copy of {id}" for id in residents.keys() - people.keys())
        for id, copy in people.items():
            own = residents.get(id, {})
            true = {"sequence": own.get("version"), "certified": own.get("state") == "certified"}
            if service not in WITHOUT_REGION:
                true["region"] = own.get("region")
            if {name: copy.get(name) for name in true} != true:
                yield f"{service}'s copy of {id} is {copy}, true is {true}"


def writes_never_answered(case: Case) -> Iterator[str]:
    """Every write came to an answer, and nothing but a clear 503 was said meanwhile."""
    yield from case.ledger.unfinished
    yield from (f"{what} ({times} times)" for what, times in case.ledger.unclear.items())


def told(evidence: Evidence) -> Counter:
    """Give the archived events of what the writers write, as the ledger names them."""
    found = Counter()
    for event in evidence.archived.values():
        name = Envelope.from_document(event).name
        service, noun, _ = name.split(".")
        if noun in NOUNS:
            subject = UNNAMED if noun == "report" else event["subject"]
            found[service, name, subject, str(event["data"].get(MARKS.get(name), ""))] += 1
    return found


def due_notices(evidence: Evidence) -> Counter:
    """Recount from the archive who must have been told what."""
    due = Counter()
    for event in evidence.archived.values():
        name = Envelope.from_document(event).name
        due.update(
            (person, name, event["subject"])
            for person, _ in everybody_concerned_is_notified(name, event["data"])
        )
    return due


def boxes_of_open_orders(case: Case) -> Counter:
    """Recount the boxes that orders hold, per listing."""
    held = Counter()
    for event in case.evidence.archived.values():
        if event["type"] == "xiangzhi.market.order.placed.v1":
            order = case.evidence.documents["market", "orders", event["subject"]]
            held[event["data"]["listing_id"]] += order["quantity"] if order["state"] == "placed" else 0
    return held


def _prices_out_of_order(case: Case) -> Iterator[str]:
    written: dict[str, list[str]] = {}
    for one in case.ledger.writes:
        if one.event == "market.listing.changed":
            written.setdefault(one.subject, []).append(one.mark)
    found: dict[str, list[str]] = {}
    for (_, subject, _), event in sorted(case.evidence.archived.items(), key=lambda item: item[0]):
        if event["type"] == "xiangzhi.market.listing.changed.v1":
            found.setdefault(subject, []).append(str(event["data"]["price_fen"]))
    for id, prices in written.items():
        both = [price for price in prices if price in found.get(id, ())]
        if both != [price for price in found.get(id, ()) if price in prices]:
            yield f"the prices of {id} were {prices} and are told as {found.get(id)}"


CHECKS: tuple[Callable[[Case], Iterator[str]], ...] = (
    acknowledged_writes_lost,
    writes_done_twice,
    events_lost,
    effects_missing,
    effects_applied_twice,
    out_of_order,
    stuck_outboxes,
    dead_letters_not_poisoned,
    copies_unlike_a_recount,
    writes_never_answered,
)


def run_all(case: Case) -> dict[str, list[str]]:
    """Run every check; gives what each found, by its name in plain words."""
    return {check.__name__.replace("_", " "): list(check(case)) for check in CHECKS}
