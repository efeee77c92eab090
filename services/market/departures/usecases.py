"""What is done with departures; every step may be repeated."""

from dataclasses import replace

from services.market.departures.model import Departure


def begin(departures, count_open, event, call) -> None:
    """Let a person begin nothing new under any of the entries, then look what is open, then answer: in this order."""
    call, asked = replace(call, key="", render=None), call.data
    entries = entries_of(asked)
    own, *_ = [_leave(departures, id, event, call) for id in entries]
    if own.state == "leaving":
        departures.save(own, own.answer(count_open(*entries)), call)


def entries_of(asked: dict) -> list[str]:
    """Give the person's own entry, then those that were merged into it."""
    own = asked["resident_id"]
    return [own, *(id for id in asked.get("entries", ()) if id != own)]


def stay(departures, call) -> None:
    """Something is open somewhere: the person stays, under every entry."""
    for id in entries_of(call.data):
        _become(departures, id, "stayed", call)


def go(departures, erase, event, call) -> None:
    """The entry is a tombstone: erase what is here of the person."""
    erase(call.data["resident_id"], replace(call, key="", render=None))
    _become(departures, call.data["resident_id"], "gone", call)


def _leave(departures, id: str, event, call) -> Departure:
    asked = call.data
    departure = departures.of(id)
    if departure is None:
        departure = Departure(id, event.region, asked["erasure_id"], call.now, edition=event.edition)
        departures.add(departure, [], call)
    elif departure.erasure_id != asked["erasure_id"]:
        departure.leave(asked["erasure_id"], call.now)
        departures.save(departure, [], call)
    return departure


def _become(departures, id: str, state: str, call) -> None:
    departure = departures.of(id)
    same = departure and call.data.get("erasure_id", departure.erasure_id) == departure.erasure_id
    if same and departure.state not in (state, "hindered", "gone"):
        departure.state = state
        departures.save(departure, [], replace(call, key="", render=None))
