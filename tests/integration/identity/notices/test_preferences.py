"""What a person has chosen decides where notices go."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.chassis.core.calls import Call, event_call, utc_now, write_call
from services.chassis.core.errors import Rejected, VersionConflict
from services.chassis.events.event import Envelope
from services.civic.actor import CivicActor
from services.identity.notices.messages.store import MessageStore
from services.identity.notices.messages.texting import Texting
from services.identity.notices.notifications import usecases as notices
from services.identity.notices.notifications.store import NoticeStore
from services.identity.notices.preferences import usecases
from services.identity.notices.preferences.store import PreferenceStore
from services.identity.privacy.consents import usecases as consents
from services.identity.privacy.consents.asking import Consenting
from services.identity.privacy.consents.catalogue import shipped_catalogue
from services.identity.privacy.consents.store import ConsentStore
from services.identity.wiring.channels import Channels

WANG = CivicActor("w", "resident")


class Scene:
    """Notices with the choices of 王英."""

    def __init__(self, database):
        self.notices, self.preferences = NoticeStore(database), PreferenceStore(database)
        self.messages = MessageStore(database)
        for store in (self.notices, self.preferences, self.messages):
            store.create_indexes()
        self.consents = ConsentStore(database)
        self.consents.create_indexes()
        self.consenting = Consenting(database)
        self.reach = Channels(self.preferences, Texting(self.messages, True, timedelta()), self.consenting)

    def consent(self, verb="give", key="c") -> None:
        asked = {"purpose": "market_sms", "notice_version": 2}
        call = write_call(f"identity.{verb}_consent", asked, WANG, key)
        getattr(consents, verb)(self.consents, shipped_catalogue(), lambda id: ("510183103204", "2019"), call)

    def choose(self, key="k", **choices) -> dict:
        call = write_call("identity.choose_preferences", {"choices": choices}, WANG, key)
        shown = usecases.choose(self.preferences, self.consenting.to_market_sms, call)
        return {one["kind"]: one["channel"] for one in shown["items"]}

    def hear(self, name, data, subject="s1", sequence=1, at=None) -> None:
        event = Envelope(
            f"{subject}:{sequence}", f"xiangzhi.{name}.v1", "/xiangzhi/x", subject, at or utc_now(), "510183103204", sequence,
            data,
        )  # fmt: skip
        notices.notify(self.notices, [(event, event_call(event.id, data, event.time))], self.reach)

    def told(self) -> tuple[int, int]:
        return self.notices.documents.count_documents({}), self.messages.documents.count_documents({})


@pytest.fixture
def scene(database):
    return Scene(database)


def test_usually_a_decision_comes_to_inbox_and_phone_and_an_order_to_the_inbox(scene):
    for _ in range(2):
        scene.hear("affairs.application.decided", {"applicant_id": "w"})
    assert scene.told() == (1, 1)
    scene.hear("market.order.shipped", {"buyer_id": "w"}, "o1")
    assert scene.told() == (2, 1)


def test_who_turned_a_kind_off_gets_nothing_of_it_and_who_wants_messages_gets_them(scene):
    scene.consent()
    assert scene.choose(orders="none", listings="sms", applications="inbox")["orders"] == "none"
    scene.hear("market.order.shipped", {"buyer_id": "w"}, "o1")
    assert scene.told() == (0, 0)
    scene.hear("market.listing.endorsed", {"seller_id": "w"}, "l1")
    assert scene.told() == (1, 1)
    scene.hear("affairs.application.decided", {"applicant_id": "w"}, "a1")
    assert scene.told() == (2, 1)


def test_a_choice_is_replaced_as_a_whole_and_a_repeat_changes_nothing(scene):
    scene.consent()
    scene.choose(orders="none")
    chosen = scene.choose("k2", listings="sms")
    assert (chosen["orders"], chosen["listings"]) == ("inbox", "sms")
    assert scene.choose("k2", listings="sms") == chosen


def test_choices_made_at_once_on_two_devices_do_not_mix(scene):
    first, second = scene.preferences.of("w"), scene.preferences.of("w")
    first.choose({"orders": "none"}, "resident")
    second.choose({"listings": "none"}, "resident")
    scene.preferences.add(first, [], Call({}, WANG))
    with pytest.raises(VersionConflict):
        scene.preferences.add(second, [], Call({}, WANG))
    again = replace(scene.preferences.of("w"))
    scene.preferences.save(scene.preferences.of("w"), [], Call({}, WANG))
    with pytest.raises(VersionConflict):
        scene.preferences.save(again, [], Call({}, WANG))


def test_messages_about_sales_need_a_consent_and_end_with_it(scene):
    with pytest.raises(Rejected) as refused:
        scene.choose(orders="sms")
    assert refused.value.code == "preference.consent_missing"
    scene.consent()
    scene.choose(orders="sms")
    scene.hear("market.order.shipped", {"buyer_id": "w"}, "o1")
    assert scene.told() == (1, 1)
    scene.consent("withdraw", "c2")
    scene.hear("market.order.shipped", {"buyer_id": "w"}, "o2")
    assert scene.told() == (2, 1)
    scene.hear("affairs.application.decided", {"applicant_id": "w"}, "a1")
    assert scene.told() == (3, 2)


def test_what_a_stranger_can_repeat_is_told_once_a_day(scene):
    today = utc_now()
    for double in ("a", "b", "b"):
        scene.hear("identity.resident.number_claimed", {"holder_id": "w"}, double, at=today)
    assert scene.told() == (1, 0)
    scene.hear("identity.resident.number_claimed", {"holder_id": "w"}, "c", at=today + timedelta(days=1))
    assert scene.told() == (2, 0)


def test_a_warning_comes_to_the_phone_whatever_was_chosen_from_within_the_account(scene):
    scene.choose(certification="inbox")
    scene.hear("identity.resident.certified", {"resident_id": "w"}, "w", 1)
    assert scene.told() == (1, 0)
    for sequence, name in enumerate(("password_changed", "phone_changed"), 2):
        scene.hear(f"identity.resident.{name}", {"resident_id": "w"}, "w", sequence)
    assert scene.told() == (3, 2)
    assert scene.messages.documents.count_documents({"urgent": True}) == 2
