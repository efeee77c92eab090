"""What is done with departures; every step may be repeated."""

from dataclasses import replace

from services.affairs.departures.model import Departure


def begin(departures, count_open, event, call) -> None:
    """Let a person begin nothing new, then look what is open, then answer: in this order."""
    call, asked = replace(call, key="", render=None), call.data
    departure = departures.of(asked["resident_id"])
    if departure is None:
        departure = Departure(
            asked["resident_id"], event.region, asked["erasure_id"], call.now, edition=event.edition
        )
        departures.add(departure, [], call)
    elif departure.erasure_id != asked["erasure_id"]:
        departure.leave(asked["erasure_id"], call.now)
        departures.save(departure, [], call)
    if departure.state == "leaving":
        departures.save(departure, departure.answer(count_open(departure.id)), call)


def stay(departures, call) -> None:
    """Something is open in another service: the person stays."""
    _become(departures, "stayed", call)


def go(departures, erase, event, call) -> None:
    """The entry is a tombstone: erase what is here of the person."""
    erase(call.data["resident_id"], replace(call, key="", render=None))
    _become(departures, "gone", call)


def _become(departures, state: str, call) -> None:
    departure = departures.of(call.data["resident_id"])
    same = departure and call.data.get("erasure_id", departure.erasure_id) == departure.erasure_id
    if same and departure.state not in (state, "hindered", "gone"):
        departure.state = state
        departures.save(departure, [], replace(call, key="", render=None))
