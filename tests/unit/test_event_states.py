"""The `state` of an event's contract lists exactly the states in which the model tells it: no reader handles more.

Each noun is walked from its beginning through every step that its model has, whatever the order, and what it tells is
noted. A step that the model leaves to its use case is taken only where that takes it.
"""

import inspect
import pickle
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from gateway.event_schemas import data_schema, declared_events
from services.affairs.matters.applications.file_rules import COME
from services.affairs.matters.applications.model import Application
from services.affairs.matters.applications.rules import OPEN_STATES
from services.affairs.matters.catalogue.drafts import Draft
from services.affairs.matters.catalogue.model import Matter
from services.affairs.matters.ratings.model import Rating, RatingTerms
from services.affairs.matters.results.model import Result
from services.affairs.matters.reusable_papers.model import ReusablePaper
from services.affairs.matters.reviews.model import Review, ReviewTerms
from services.chassis.core.errors import DomainError
from services.civic.working_days import published_working_days
from services.identity.access.guest_access.model import Visitor
from services.identity.access.wechat.model import WechatBinding
from services.identity.officials.absences.model import Absence
from services.identity.people.households.model import Ask, Household, Member
from services.identity.people.mandates.limits import MandateLimits
from services.identity.people.mandates.model import Mandate
from services.identity.people.recorded.model import RecordedPerson
from services.identity.people.residents.model import Resident
from services.identity.privacy.consents.model import Consent
from services.identity.privacy.erasures.model import OPEN, Erasure
from services.identity.privacy.exports.model import Export
from services.identity.subscribers.departments.model import (
    Department,
)
from services.identity.subscribers.webhooks.model import Webhook
from services.integrity.openness.powers.content import PowerContent
from services.integrity.openness.powers.model import Power, PowerDraft
from services.integrity.reports.cases.model import Deadlines, Report
from services.market.paying.payments.model import Payment
from services.market.selling.claims.model import Claim, ClaimTerms
from services.market.selling.listings.model import Listing
from services.market.selling.orders.model import NOT_SHIPPED, Order

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
APPROVED = Draft({}, "o", NOW, 1, state="approved")
LATER = NOW + timedelta(days=20)
TOLD_POWER = PowerContent(
    *("n", "money", "w"),
    steps=[{"text": "t"}],
    laws=[{"law": "l", "article": "a"}],
    review_by="2027-11-23",
)
DAYS = published_working_days()
MOVED_DAYS = DAYS.changed({(NOW + timedelta(days=days)).date(): False for days in range(1, 60)}, 2027, 1)
LATE = NOW + timedelta(days=300)
MUCH_LATER, TERMS = LATER + timedelta(days=99), RatingTerms()
OF_REVIEWS = ReviewTerms()
DAYS_OF_CLAIMS = ClaimTerms()
PAPER = [{"name": "户口簿", "note": ""}]
OLD_PAPER = ReusablePaper("p", "510183", "r", "a0", "户口簿", "n", "1", "o", NOW, LATER, ["f0"], LATER)
OLD_FILE = {"id": "f0", "material": "户口簿", "round": 0, "added_at": NOW, "looks": []}
EVENTS = list[tuple[str, dict]]
MOST = 5000
ONLY_SHOWN = (
    "answer",
    "revived",
    "claims",
    "id_number_hash",
    "words",
    "credentials",
    "phone",
    "phone_held",
    "phone_key",
    "region",
    "phone_lost_at",
    "phones_before",
    "phone_changed_at",
    "edition",
    "of_age_at",
    "verified",
    "originals_opened",
)
"""What a resident's entry keeps for people to read, for the store's unique index, for sessions, or what was verified of a case and opened for proof; no step's outcome depends on it."""


@dataclass
class Life:
    """A noun's beginning and the steps of its model: {method: [arguments of each way to take it]}.

    `where` are the conditions that use cases set: {method: whether it is taken}. `also` are its other beginnings.
    """

    service: str
    born: Callable
    steps: dict[str, list[tuple]]
    where: dict[str, Callable] = field(default_factory=dict)
    also: tuple[Callable, ...] = ()


def said(state: str, *back: str) -> dict:
    named = [{"refund_id": id, "amount_fen": {"c1": 2, "c2": 3}[id], "state": "refunded"} for id in back]
    return {"state": state, "amount_fen": 5, "order_id": "o", "refunds": named}


def _application(id: str = "a") -> Application:
    return Application(
        *(id, "510183", "r", "m", "n", "o", 10, ["户口簿"], "王英", "1", [], NOW, LATER),
        verifiable=["户口簿"],
        matter_kind="1",
    )


ON_THE_CLOCK = ("extend", "suspend", "resume", "tick", "recount")
BEFORE_THE_CLOCK = ("submit", "notify", "supply", "accept")
AGAIN = ("submit_again", "handle_again")


def _of_the_application(where: dict[str, Callable]) -> dict[str, Callable]:
    """Let the clock have an application of its own: beside files and hands it tells nothing more, and the walk would be many times as long."""
    other = [
        name for name in LIVES["application"].steps if name not in (*ON_THE_CLOCK, *BEFORE_THE_CLOCK, *AGAIN)
    ]
    return {
        **where,
        **dict.fromkeys(ON_THE_CLOCK, lambda one: one.id == "on the clock"),
        "submit_again": lambda one: one.id == "again" and not one.steps,
        "handle_again": lambda one: one.id == "again" and one.steps and one.state in OPEN_STATES,
        **{
            name: lambda one, name=name: one.id == "a" and where.get(name, lambda _: True)(one)
            for name in other
        },
    }


LIVES = {
    "wechat_binding": Life(
        "identity",
        lambda: WechatBinding("w", "510183", "2019", "r", "h", NOW),
        {"bound": [()], "end": [(NOW,)]},
        {"bound": lambda one: one.is_bound},
    ),
    "application": Life(
        "affairs",
        _application,
        {
            "submit": [()], "submit_again": [()], "handle_again": [("a0",)], "notify": [(PAPER, "t", DAYS.after(NOW, 1), NOW)], "supply": [(PAPER, LATER, NOW)],
            "accept": [(DAYS, NOW)], "decline": [("r", NOW)], "decide": [("granted", None, NOW), ("refused", "r", NOW)],
            "withdraw": [(NOW,)], "erase": [("r", NOW)], "lapse": [(LATER,)], "rate": [(5, None, NOW)],
            "claim": [("o1", NOW)], "take_over": [("o2", {"o2"}, "n", NOW)], "hand_to": [("o3", "o1", "n", NOW)], "put_back": [("released",)],
            "add_file": [("f1", 1, {"state": "checking", "pages": 1}, NOW)], "open_original": [("f1", "o1", "litigation", "r", NOW)], "remove_file": [("f1",)],
            "file_was_checked": [("f1", "kept"), ("f1", "infected")],
            "verify": [(1, "o1", LATER, NOW)], "reuse": [(OLD_PAPER, [OLD_FILE], 1, NOW)], "drop_reused": [("p",)],
            "extend": [(5, "r", "h1", True, DAYS, NOW)], "suspend": [("hearing", "r", NOW + timedelta(days=9), "o1", DAYS, NOW)], "resume": [(DAYS, NOW)],
            "tick": [(DAYS, LATE), (DAYS, LATE + timedelta(days=30))], "recount": [(MOVED_DAYS,)],
        },
        {
            "submit": lambda one: not one.steps,
            # beside each other they tell nothing more, and are five times as many
            "reuse": lambda one: not one.files, "add_file": lambda one: not one.files or one.files[0]["id"] == "f1",
            "drop_reused": lambda one: one.state in COME,  # undoes the step before it
        },
        (lambda: _application("on the clock"), lambda: _application("again")),
    ),
    "reusable_paper": Life(
        "affairs",
        lambda: ReusablePaper("p", "510183", "r", "a", "户口簿", "n", "1", "o", NOW, LATER, ["f0"], LATER),
        {"keep": [()], "note_use": [("a2", "n", NOW)], "end": [("removed", NOW)]},
        {"keep": lambda one: one.state == "kept"},
    ),
    "rating": Life(
        "affairs",
        lambda: Rating("a", "510183", "r", "a", "m", "n", "1", "o", "o1", 1, "link", None, NOW, "2026-11", MUCH_LATER),
        {
            "receive": [(TERMS, DAYS)], "call_back": [("o2", "s", NOW)], "answer": [("o2", "a", TERMS, DAYS, NOW)],
            "confirm": [(True, "", TERMS, DAYS, NOW), (False, "", TERMS, DAYS, NOW)], "appeal_against": [("o1", "r", NOW)],
            "decide_appeal": [("o3", "upheld", "w", NOW), ("o3", "dismissed", "w", NOW)], "tell_solved": [("yes", NOW)],
            "fall_due": [(TERMS, DAYS, LATER), (TERMS, DAYS, MUCH_LATER)], "erase": [("r", NOW)],
        },
        {"receive": lambda one: one.due is None and not one.asked_at and not one.erased, "erase": lambda one: one.due and not one.erased},
        also=(lambda: Rating("a", "510183", "r", "a", "m", "n", "1", "o", "o1", 5, "page", None, NOW, "2026-11", MUCH_LATER),),
    ),
    "review": Life(
        "affairs",
        lambda: Review("a", "510183", "r", "a", "m", "n", "1", "o", "declined", NOW, ["o1"], NOW),
        {
            "ask": [("g", OF_REVIEWS, DAYS)], "take": [("o2", NOW), ("o3", NOW)],
            "decide": [("o2", "upheld", "w", OF_REVIEWS, DAYS, NOW), ("o2", "set_aside", "w", OF_REVIEWS, DAYS, NOW), ("o3", "upheld", "w", OF_REVIEWS, DAYS, NOW)],
            "go_on": [("g", OF_REVIEWS, DAYS, NOW)], "withdraw": [(NOW,)], "fall_due": [(OF_REVIEWS, DAYS, LATE)],
            "lead_to": [("a2",)], "erase": [("r", NOW)],
        },
        {"ask": lambda one: not one.rounds, "take": lambda one: one.rounds, "withdraw": lambda one: one.rounds, "erase": lambda one: not one.erased, "lead_to": lambda one: one.state == "set_aside"},
    ),
    "result": Life(
        "affairs",
        lambda: Result(
            "e", "510183", "r", "a", "m", "n", "1", "o", "k", "王英", NOW, NOW, "510183", 2026, NOW, "o1", "t", "h", "c", LATER,
            replaces_id="e0",
        ),
        {
            "issue": [("f1", "d", NOW)], "choose_delivery": [("page", None), ("print", None)], "hand_over": [("o1", "n", NOW)],
            "revoke": [("o1", "r", NOW)], "erase": [("r", NOW)],
        },
        {"issue": lambda one: one.state == "making"},
    ),
    "matter": Life(
        "affairs",
        lambda: Matter("m", "510183", "n", "i", "1", "o", "c", NOW, draft=APPROVED),
        {
            "published": [()], "change": [({"state": "open"}, NOW), ({"state": "closed"}, NOW)],
            "publish": [(NOW,)], "withdraw": [("r", NOW)],
        },
        {"published": lambda one: one.changed_at is None},
    ),
    "power": Life(
        "integrity",
        lambda: Power("p", "510183", draft=PowerDraft(TOLD_POWER, "o", NOW, "in_review", authors=["o"])),
        {"publish": [("p", NOW)], "withdraw": [("r", NOW)]},
    ),
    "department": Life(
        "identity",
        lambda: Department("d", "510183", "n", "c", "p", "l", ["#"], "webhook", "h", NOW),
        {
            "applied": [()], "grant": [(["#"], "510183", [], 1, "o", NOW)], "refuse": [("r", "o", NOW)],
            "rotate_key": [("h",)], "confirm": [(True, "phone", "o", NOW)], "announce_end": [(NOW,)], "connect": [(1,)],
            "move_webhook": [("https://example.org/new", NOW)], "revoke": [("r",)], "expire": [(LATER,)],
        },
        {"applied": lambda one: one.decided_at is None},
    ),
    "household": Life(
        "identity",
        lambda: Household("h", "510183", "r1", [Member("r1", "head", NOW), Member("r2", "son", NOW)], "o", NOW),
        {
            "form": [()], "add": [(Member("r3", "other", NOW),)], "remove": [("r1", NOW), ("r2", NOW)],
            "change": [("r2", {"left_behind": "child"})], "know_as": [("r2", "r5")], "name_head": [("r2", {"r1": "parent"}), ("r2", {})],
            "split_off": [(["r2"], "h2")], "take_in": [([Member("r4", "head", NOW)], {"r4": "sibling"}, "h3")],
            "dissolve": [(NOW,)], "ask": [(Ask("a1", "remove", "r2", "other", "", NOW),), (Ask("a2", "add", "r3", "son", "", NOW),)],
            "approve": [("a1", "o", NOW), ("a2", "o", NOW)], "refuse": [("a1", "o", "r", NOW)], "withdraw": [("a2", "r1", NOW)],
        },
        {
            "form": lambda one: not one.asks and len(one.members) == 2 and one.state == "active",
            "take_in": lambda one: "r4" not in one.member_ids,  # one person is in one household: the store's index
            "ask": lambda one: len(one.asks) < 2,
        },
    ),
    "recorded_person": Life(
        "identity",
        lambda: RecordedPerson("p", "510183", "2019", "510183", "n", 2015, "o", NOW),
        {
            "enter": [()], "correct": [({"birth_year": 2016}, 2026)], "link": [("r", "h", True)], "end": [("moved",)],
        },
        {"enter": lambda one: one.state == "recorded"},
    ),
    "resident": Life(
        "identity",
        lambda: Resident("r", "510183", "n", "h", "m", "p", "h", NOW),
        {
            "registered": [()], "certify": [("o", NOW)], "reject": [("o", "r", LATER, NOW)], "escalate": [(LATER,)],
            "appeal_to_town": [("r", NOW)], "uphold": [("t", "a", NOW)], "overturn": [("t", "a", NOW)],
            "try_again": [({}, NOW)], "claim_number": [("h2",)],
            "report_end": [("deceased", "r", "o", NOW), ("deactivated", "r", "o", NOW)], "dismiss_end": [()],
            "confirm_end": [("t", NOW)], "reactivate": [("t", "r", NOW)], "merge_into": [("s", "o", "r", NOW)],
            "ask_correction": [("name", {"name": "x"}, NOW)], "approve_correction": [("o", True, NOW)],
            "refuse_correction": [("o", True, "r", NOW)], "withdraw_correction": [(NOW,)],
            "ask_move": [("510184", "r", NOW)], "release": [("o", NOW)], "accept_move": [("o", True, NOW)], "refuse_move": [("o", True, "r", NOW)],
            "cancel_move": [(NOW,)], "lose_the_way": [(NOW,)],
            "match": [("register", NOW)], "see": [("o", "id_card", "001X", NOW)], "revoke_sight": [("o", "r", NOW)],
            "erase": [()], "place": [("510183103204", "2020")], "choose_password": [("h",)],
            "prove_phone": [("p2", NOW), ("p3", NOW)], "leave_for": [("p4", NOW)], "lose_phone": [(NOW,)],
        },
        {
            "choose_password": lambda one: one.is_living,
            "registered": lambda one: one.state == "pending",
            "prove_phone": lambda one: one.is_living,
            "leave_for": lambda one: one.is_living,
            "lose_phone": lambda one: one.phone_held,
            "claim_number": lambda one: one.state == "pending" and not one.claims,
        },
    ),
    "mandate": Life(
        "identity",
        lambda: Mandate("m", "510183", "w", "h", "entrusted", ["all"], True, False, NOW, LATER, LATER, "paper", photos=[]),
        {
            "add_photo": [("p1", "o", {}, NOW), ("p2", "o", {}, NOW)], "remove_photo": [("p1", "o", "r", NOW)],
            "offer": [(MandateLimits(),)], "accept": [([], MandateLimits(), NOW)], "refuse": [(NOW,)],
            "end": [("ward", "", NOW), ("helper", "", NOW), ("village", "r", NOW)], "expire": [(NOW,), (LATER,)],
            "erase": [("w", NOW), ("h", NOW)], "end_with": [("w", NOW), ("h", NOW)],
            "carry_over": [
                ("w", "w2", ("510184", ""), [], MandateLimits(), NOW), ("h", "h2", ("510183", ""), [], MandateLimits(), NOW),
                ("h", "h2", ("510183", ""), list(range(5)), MandateLimits(), NOW), ("h", "w", ("510183", ""), [], MandateLimits(), NOW),
            ],
        },
        {"offer": lambda one: one.state == "offered"},
    ),
    "leave": Life(
        "identity",
        lambda: Absence(
            "l", "510183103", "a", "s", "clerk", "2026-11-23", "2026-12-12", NOW, LATER, "a", NOW - timedelta(days=1)
        ),
        {
            "record": [(NOW - timedelta(days=1),)], "tick": [(NOW,), (LATER,)],
            "end": [("absent", NOW - timedelta(days=1)), ("stand_in", NOW)],
        },
        {"record": lambda one: one.state == "planned"},
    ),
    "visitor": Life(
        "identity",
        lambda: Visitor("v", "510183103204", "2019", "n", "p", "h", "m", 0, NOW, NOW, NOW),
        {"take_over": [("r",)], "forget": [(NOW,)]},
    ),
    "consent": Life(
        "identity",
        lambda: Consent("c", "510183", "w", "market_sms", 1, 1, NOW),
        {"give": [()], "withdraw": [()]},
    ),
    "erasure": Life(
        "identity",
        lambda: Erasure("e", "510183", "w", NOW, NOW),
        {
            "ask": [()], "cancel": [(NOW,)], "end_with_entry": [(NOW,)], "begin": [([], NOW)], "finish": [(NOW,)],
            "take_answer": [("affairs", 0, NOW), ("market", 0, NOW), ("market", 2, NOW)], "clear_again": [(["w"],)],
        },
        {"ask": lambda one: one.state == "waiting", "clear_again": lambda one: one.state in OPEN},
    ),
    "export": Life(
        "identity",
        lambda: Export("x", "510183", "w", ["w"], NOW, LATER, "2026-11-23", 0),
        {
            "ask": [()], "ask_again": [(NOW + timedelta(minutes=3),)],
            "take_answer": [(service, NOW) for service in ("identity", "affairs", "market", "integrity")],
        },
        {"ask": lambda one: one.next_at is None and not one.gathered},
    ),
    "webhook": Life(
        "identity",
        lambda: Webhook("d", "510183", NOW),
        {"failed": [("e", "timeout", NOW, 1.0), ("e", "timeout", LATER, 1.0)], "enable": [(NOW,)], "rotate_secret": [(NOW,)],},
    ),
    "report": Life(
        "integrity",
        lambda: Report("r", "510183", "510183", "", "c", "n", "a", "t", None, "h", NOW, "2026-12-06"),
        {
            "received": [()], "accept": [("o1", Deadlines(), NOW), ("o2", Deadlines(), NOW)],
            "decline": [("o1", "r", NOW)], "conclude": [("o1", "unsubstantiated", "t", NOW)], "recuse": [("o1", "b", NOW)],
            "answer": [("o1", "t", NOW)], "write": [("message", "t", NOW)], "withdraw": [()], "rate": [(5,)],
            "ask_review": [(NOW,)],
        },
        {"received": lambda one: one.decided_at is None and one.state == "received"},
    ),
    "listing": Life(
        "market",
        lambda: Listing("l", "510183", "s", "t", "d", "u", 5, 5, NOW),
        {
            "offer": [()], "endorse": [("o", NOW)], "decline": [("o", "r", NOW)],
            "change": [({"title": "x"}, NOW), ({"stock": 1}, NOW)], "withdraw": [()], "erase": [("s", NOW)],
            "follow": [("510184", "")], "add_photo": [({"id": "p1", "state": "checking"}, NOW)],
            "remove_photo": [("p1",)], "photo_was_checked": [("p1", "kept"), ("p1", "infected")],
        },
        {"offer": lambda one: one.decided_at is None and one.state == "offered"},
    ),
    "order": Life(
        "market",
        lambda: Order("o", "510183", "l", "s", "b", "t", "u", 1, 5, 5, None, NOW),
        {
            "request": [()], "place": [(NOW,)], "sell_out": [(NOW,)], "abandon": [(NOW,)], "cancel": [(NOW,)], "pay": [("p1", NOW), ("p2", NOW)],
            "give_up": [("r", NOW)], "refund": [("p1", 5)], "ship": [("c", "t", NOW)], "receive": [(NOW,)],
            "correct_shipment": [("carrier", "c", "t2")], "lose_seller": [(NOW,)],
            "fall_due": [(True, LATER), (False, LATER)], "erase": [("b", NOW), ("s", NOW)],
        },
        {
            "request": lambda one: one.state == "placing", "place": lambda one: one.state == "placing",
            "sell_out": lambda one: one.state == "placing", "lose_seller": lambda one: one.state in NOT_SHIPPED,
            "pay": lambda one: one.pay_by is not None,  # a payment asks for the bill, which only a placed order has
        },
    ),
    "payment": Life(
        "market",
        lambda: Payment("p", "510183", "o", "b", 5, NOW, NOW),
        {
            "request": [()], "open": [({}, NOW)],
            "settle": [
                *((said(state), NOW) for state in ("pending", "succeeded", "failed", "refunded")),
                (said("succeeded", "c1"), NOW), (said("succeeded", "c2"), NOW),
            ],
            "lapse": [(False, NOW), (True, LATER)], "ask_refund": [(NOW,)],
            "ask_partial_refund": [("c1", 2, NOW), ("c2", 3, NOW)],
            "tell_what_is_owed_too_long": [(LATER,)],
        },
        {"request": lambda one: one.state == "requested", "open": lambda one: one.state == "requested"},
    ),
    "claim": Life(
        "market",
        lambda: Claim("c", "510183", "o", 1, "p", "b", "s", "t", 5, 3, True, "r", NOW),
        {
            "ask": [(DAYS_OF_CLAIMS,)], "agree": [(DAYS_OF_CLAIMS, NOW)], "refuse": [("r", DAYS_OF_CLAIMS, NOW)],
            "dispute": [("buyer", "t", DAYS_OF_CLAIMS, NOW), ("seller", "t", DAYS_OF_CLAIMS, NOW)],
            "decide": [(0, "r", "o", DAYS_OF_CLAIMS, NOW), (2, "r", "o", DAYS_OF_CLAIMS, NOW)],
            "send_back": [("pick_up", None, None, DAYS_OF_CLAIMS, NOW)], "confirm_return": [()], "withdraw": [(NOW,)],
            "take_refund": [(NOW,)], "fall_due": [(DAYS_OF_CLAIMS, LATER)], "erase": [("b", NOW)],
        },
        {"ask": lambda one: one.state == "asked"},
        (lambda: Claim("c", "510183", "o", 1, "p", "b", "s", "t", 5, 3, False, "r", NOW),),
    ),
}  # fmt: skip
LIVES["application"].where.update(_of_the_application(dict(LIVES["application"].where)))
WITH_STATE = [event for event in declared_events() if "state" in event._declared_fields]


@cache
def told_by(noun: str) -> dict[str, set[str]]:
    """Walk through every state that can be reached; gives {event: the states in which it was told}."""
    life = LIVES[noun]
    told, seen, ahead = defaultdict(set), set(), [begin() for begin in (life.born, *life.also)]
    while ahead:
        one = ahead.pop()
        kept = pickle.dumps(one)
        for name, ways in life.steps.items():
            for arguments in ways if life.where.get(name, lambda _: True)(one) else ():
                # a tenth of what deepcopy costs
                after = pickle.loads(kept)
                with suppress(DomainError):
                    for event, data in getattr(after, name)(*deepcopy(arguments)):
                        told[event].add(data.get("state"))
                if (state := _told_apart(after)) not in seen:
                    seen.add(state)
                    ahead.append(after)
        assert len(seen) < MOST, "the walk does not end"
    return told


def _told_apart(aggregate) -> str:
    """Give what decides over its next steps: how many entries a list has does not, beyond one."""
    counted = {"failures": 6, "tries": 1, "asks": 1, "secret": 1, "keys": 1}
    deciding = {name: v for name, v in vars(aggregate).items() if name not in ONLY_SHOWN}
    if deciding.get("state") == "certified":
        deciding.pop(
            "phone_proved_at", None
        )  # whom the village vouches for loses a phone as who has proved it
    values = {name: _at_most(v, counted.get(name)) for name, v in deciding.items()}
    return repr({name: v[:2] if isinstance(v, list) else v for name, v in values.items()})


def _at_most(value, most: int | None):
    return min(value, most) if most and isinstance(value, int) else value


@pytest.mark.parametrize("noun", LIVES)
def test_every_step_of_the_model_that_tells_something_is_walked(noun):
    model = type(LIVES[noun].born())
    telling = {
        name
        for name, method in inspect.getmembers(model, inspect.isfunction)
        if not name.startswith("_") and inspect.signature(method, eval_str=True).return_annotation == EVENTS
    }
    assert telling == set(LIVES[noun].steps)


@pytest.mark.parametrize("event", WITH_STATE, ids=lambda event: event.type())
def test_an_event_promises_exactly_the_states_in_which_it_is_told(event):
    service, noun, verb = event.name.split(".")
    assert LIVES[noun].service == service
    promised = data_schema(event)["properties"]["state"]["enum"]
    assert len(promised) == len(set(promised))
    assert set(promised) == told_by(noun)[f"{noun}.{verb}"]


def test_no_event_has_a_state_without_a_promise():
    assert len(WITH_STATE) > 40
    assert {event.name.split(".")[1] for event in WITH_STATE} == set(LIVES)
