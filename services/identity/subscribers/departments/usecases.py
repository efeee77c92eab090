"""What is done with subscriptions."""

from __future__ import annotations

import hmac
from contextlib import suppress
from typing import TYPE_CHECKING

from services.chassis.core.errors import AlreadyAnswered, Unavailable, VersionConflict
from services.chassis.storage.encrypted_fields import in_full
from services.identity.subscribers.departments import changes
from services.identity.subscribers.departments.model import (
    ANNOUNCED,
    Department,
)
from services.identity.subscribers.departments.rules import (
    a_grant_begins_with_what_has_happened,
    every_pattern_matches_an_event,
    only_so_many_apply_from_one_network,
    only_who_signed_in_decides,
    personal_fields_belong_to_the_events,
)

if TYPE_CHECKING:
    from datetime import datetime

    from services.chassis.core.secrets import Passwords
    from services.civic.calls import Call
    from services.identity.subscribers.departments.catalogue import EventCatalogue
    from services.identity.subscribers.departments.ports import (
        CountApplication,
        Divisions,
        EventFeed,
        KeyOf,
        WebhookAddresses,
    )
    from services.identity.subscribers.departments.store import DepartmentStore
    from services.identity.subscribers.departments.streams import DepartmentStreams


def apply(
    departments: DepartmentStore,
    divisions: Divisions,
    catalogue: EventCatalogue,
    addresses: WebhookAddresses,
    passwords: Passwords,
    key_of: KeyOf,
    count: CountApplication,
    call: Call,
) -> dict:
    """A department asks for events; gives the application with its key, which is derived and not stored.

    `key_of(id)` derives it, so that a repeat gives the same one.
    """
    asked = call.data
    edition = divisions.get(asked["region"]).edition
    divisions.must_stand_still(asked["region"])
    coverage = _coverage(catalogue, asked)
    if asked["webhook_url"]:
        addresses.check(asked["webhook_url"])
    id = call.new_id("department")
    if not departments.knows(id):
        only_so_many_apply_from_one_network(count(call), call.now)
    department = Department(
        id=id, password_hash=passwords.hash(key_of(id)), applied_at=call.now, edition=edition, **asked
    )
    try:
        departments.add(department, department.applied(), call)
    except AlreadyAnswered:
        department = departments.get(id)
    return {**whole(department), "covers": coverage, "login": department.login, "key": key_of(id)}


def grant(
    departments: DepartmentStore,
    divisions: Divisions,
    catalogue: EventCatalogue,
    feed: EventFeed,
    scope: dict,
    call: Call,
) -> dict:
    """The data officer grants what was asked or a part of it; raises NotFound outside the own region."""
    asked = call.data
    department = departments.get(asked["department_id"], call, scope)
    divisions.must_stand_still(department.region)
    patterns = asked["events"] or department.events
    coverage = catalogue.coverage(patterns)
    every_pattern_matches_an_event(coverage)
    region = asked["region"] or department.region
    events = department.grant(
        patterns,
        region,
        department.personal_fields if asked["personal_fields"] is None else asked["personal_fields"],
        asked["days"],
        call.actor.id,
        call.now,
        _position_before(feed, department, asked["begins_at"]),
        asked["begins_at"],
        divisions.edition_of(region),
    )
    departments.save(department, events, call)
    return {**whole(department), "covers": coverage}


def confirm(departments: DepartmentStore, code_of: KeyOf, scope: dict, call: Call) -> Department:
    """The data officer has made sure that the office is the one whose name it bears."""
    department = departments.get(call.data["department_id"], call, scope)
    right = hmac.compare_digest(code_of(department.id), call.data["code"])
    events = department.confirm(right, call.data["way"], call.actor.id, call.now)
    departments.save(department, events, call)
    return department


def announce_ends(departments: DepartmentStore, call: Call) -> None:
    """Tell the departments whose subscriptions end soon; whom another process told meanwhile is left alone."""
    for id in departments.ending(call.now, ANNOUNCED):
        department = departments.get(id)
        events = department.announce_end(call.now)
        if events:
            with suppress(VersionConflict):  # the next sweep looks again
                departments.save(department, events, call)


def refuse(departments: DepartmentStore, scope: dict, call: Call) -> Department:
    """The data officer refuses and says why."""
    department = departments.get(call.data["department_id"], call, scope)
    departments.save(department, department.refuse(call.data["reason"], call.actor.id, call.now), call)
    return department


def connect(
    departments: DepartmentStore, streams: DepartmentStreams, feed: EventFeed, department_id: str, call: Call
) -> None:
    """Make ready what a granted department receives its events through, then say so; not before its office is recognised."""
    department = departments.get(department_id, call)
    if not department.may_be_connected:
        return
    if department.delivery == "stream":
        streams.provision(department)
    departments.save(department, department.connect(feed.head()), call)


def move_webhook(departments: DepartmentStore, addresses: WebhookAddresses, call: Call) -> Department:
    """A department gets its events at another address from now on.

    No officer is asked: the same account may pull the same events from anywhere, so that an approval would keep nothing in.
    The data officers are told.
    """
    department = departments.get(call.actor.id, call)
    addresses.check(call.data["webhook_url"])
    departments.save(department, department.move_webhook(call.data["webhook_url"], call.now), call)
    return department


def revoke(departments: DepartmentStore, streams: DepartmentStreams, scope: dict, call: Call) -> Department:
    """End a subscription at once; raises NotFound outside the own region."""
    department = departments.get(call.data["department_id"], call, scope)
    departments.save(department, department.revoke(call.data["reason"]), call)
    return _closed_if_possible(department, streams)


def end(departments: DepartmentStore, streams: DepartmentStreams, call: Call) -> Department:
    """A department ends its own subscription, as an officer would."""
    only_who_signed_in_decides(call.actor.session)
    department = departments.get(call.actor.id, call)
    departments.save(department, department.revoke(call.data["reason"]), call)
    return _closed_if_possible(department, streams)


def _closed_if_possible(department: Department, streams: DepartmentStreams) -> Department:
    """Close its accounts, so that nothing is read after the answer.

    What is saved ends every delivery; a broker that does not answer must not keep anybody's right alive, and its accounts are
    closed when the end is heard.
    """
    with suppress(Unavailable):
        streams.close(department)
    return department


def close(departments: DepartmentStore, streams: DepartmentStreams, department_id: str) -> None:
    """Close the accounts of a subscription that has ended; raises Unavailable where the broker does not answer."""
    streams.close(departments.get(department_id))


def narrow(departments: DepartmentStore, divisions: Divisions, catalogue: EventCatalogue, call: Call) -> dict:
    """A department needs less from now on."""
    only_who_signed_in_decides(call.actor.session)
    department = departments.get(call.actor.id, call)
    divisions.must_stand_still(department.region)
    to = changes.wanted(department, call.data)
    coverage = _coverage(catalogue, to)
    edition = divisions.edition_of(to["region"])
    departments.save(department, changes.narrow(department, to, edition, call.now), call)
    return {**whole(department), "covers": coverage}


def ask_for_subscription_change(
    departments: DepartmentStore, divisions: Divisions, catalogue: EventCatalogue, call: Call
) -> dict:
    """A department asks for more, or for longer."""
    only_who_signed_in_decides(call.actor.session)
    department = departments.get(call.actor.id, call)
    to = changes.wanted(department, call.data)
    edition = divisions.get(to["region"]).edition
    _coverage(catalogue, to)
    events = changes.ask_for(department, to, call.data["reason"], edition, call.now)
    departments.save(department, events, call)
    return whole(department)


def grant_change(
    departments: DepartmentStore,
    divisions: Divisions,
    catalogue: EventCatalogue,
    feed: EventFeed,
    scope: dict,
    call: Call,
) -> dict:
    """The data officer grants the change that was asked; raises NotFound outside the own region."""
    asked = call.data
    department = departments.get(asked["department_id"], call, scope)
    divisions.must_stand_still(department.region)
    begins_at = asked["begins_at"]
    a_grant_begins_with_what_has_happened(begins_at, call.now)
    after = feed.position_before(begins_at) if begins_at else 0
    edition = divisions.edition_of(department.region)
    events = changes.grant_change(
        department, asked["days"], call.actor.id, edition, call.now, begins_at, after
    )
    departments.save(department, events, call)
    return {**whole(department), "covers": catalogue.coverage(department.events)}


def refuse_change(departments: DepartmentStore, scope: dict, call: Call) -> dict:
    """The data officer refuses the change and says why; the subscription stays as it is."""
    department = departments.get(call.data["department_id"], call, scope)
    events = changes.refuse_change(department, call.data["reason"], call.actor.id, call.now)
    departments.save(department, events, call)
    return whole(department)


def _coverage(catalogue: EventCatalogue, to: dict) -> list[dict]:
    """What the patterns cover; raises Rejected where one covers nothing, or a personal field belongs to none."""
    coverage = catalogue.coverage(to["events"])
    every_pattern_matches_an_event(coverage)
    personal_fields_belong_to_the_events(to["events"], to["personal_fields"], catalogue.personal)
    return coverage


def end_what_is_over(departments: DepartmentStore, call: Call) -> None:
    """End every subscription whose time is over; what another process ended meanwhile is left alone."""
    for id in departments.over(call.now):
        department = departments.get(id)
        events = department.expire(call.now)
        if events:
            with suppress(VersionConflict):  # the next sweep looks again
                departments.save(department, events, call)


def whole(department: Department) -> dict:
    """One subscription with everything, the encrypted too."""
    return {**in_full(department), "granted_from": department.granted_from}


def _position_before(feed: EventFeed, department: Department, told: datetime | None) -> int:
    """The feed's position before a grant's first event: what is told from the decision on lies behind today's head."""
    if told:
        return feed.position_before(told)
    return 0 if department.history else feed.head()
