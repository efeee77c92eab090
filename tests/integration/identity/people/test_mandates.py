"""Mandates on a real database: the whole life, the papers, who sees what, and the races."""

import base64
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from services.chassis.core.calls import event_call, utc_now
from services.chassis.core.errors import DomainError, NotFound
from services.chassis.events.event import Envelope
from services.civic.actor import CivicActor, MandateClaim
from services.civic.photos import upright
from services.identity.people.mandates import recording
from tests.at_rest import plain_in
from tests.integration.identity.mandate_scene import MOST_WARDS, PHOTO, VILLAGE, Scene, official, resident
from tests.photos import in_base64, photo

BOUND = 60
PAPER = {
    "ward_id": "elder",
    "helper_id": "helper",
    "witness_id": "witness",
    "matters": ["20"],
    "months": 6,
    "photo": PHOTO,
}

KEPT = in_base64(upright(photo()))


@pytest.fixture
def scene(database):
    return Scene(database)


def at_once(*calls) -> list:
    """Run all at the same moment; gives each result, or the code of the refusal."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait(BOUND)
        try:
            return call()
        except DomainError as refusal:
            return refusal.code

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(BOUND) for future in [pool.submit(run, call) for call in calls]]


def acting(mandate: str, helper: str = "helper", ward: str = "elder") -> CivicActor:
    until = utc_now() + timedelta(seconds=10)
    return CivicActor(helper, "resident", assurance=1, on_behalf_of=MandateClaim(mandate, ward, until))


def an_act(mandate_id: str, number: int = 1, name: str = "affairs.application.submitted") -> Envelope:
    data = {"application_id": f"a{number}", "applicant_id": "elder", "matter_id": "m", "state": "submitted"}
    data |= {"acted_by": "helper", "mandate_id": mandate_id}
    id = f"application:a{number}:1"
    at = utc_now() + timedelta(seconds=number - 60)
    return Envelope(
        id, f"xiangzhi.{name}.v1", "/xiangzhi/affairs", f"a{number}", at, VILLAGE, 1, data, "", "", id
    )


def test_an_elder_names_a_helper_who_accepts_and_may_then_act(scene):
    id = scene.offered()
    assert scene.may(id) == "mandate.not_in_force"
    answer = scene.ask(resident("helper"), "accept_mandate", mandate_id=id)
    assert answer["state"] == "active" and scene.may(id) == "elder"
    assert [event.name for event in scene.told(id)] == [
        "identity.mandate.offered",
        "identity.mandate.accepted",
    ]


def test_a_repeated_offer_gives_the_first_answer(scene):
    key, asked = uuid.uuid4().hex, {"helper_id": "helper", "orders": True, "months": 3}
    first = scene.ask(resident("elder"), "offer_mandate", key, **asked)
    assert scene.ask(resident("elder"), "offer_mandate", key, **asked) == first


def test_who_is_unknown_and_who_is_not_certified_are_refused_alike(scene):
    asked = {"matters": ["all"], "months": 6}
    codes = {
        scene.refused(resident("elder"), "offer_mandate", helper_id=id, **asked)
        for id in ("newcomer", "nobody")
    }
    assert codes == {"mandate.helper_not_available"}
    refused = scene.refused(resident("newcomer"), "offer_mandate", helper_id="helper", **asked)
    assert refused == "mandate.ward_not_certified"


TOMORROW = utc_now() + timedelta(days=1)


def test_who_is_under_age_neither_gives_a_mandate_nor_helps(scene):
    asked = {"helper_id": "helper", "matters": ["all"], "months": 6}
    before = scene.offered("ward1")
    scene.changed("helper", of_age_at=TOMORROW)
    assert scene.refused(resident("elder"), "offer_mandate", **asked) == "mandate.helper_under_age"
    assert (
        scene.refused(resident("helper"), "accept_mandate", mandate_id=before) == "mandate.helper_under_age"
    )
    assert scene.refused(scene.village, "record_mandate", **PAPER) == "mandate.helper_under_age"
    scene.changed("helper", of_age_at=utc_now() - timedelta(days=1))
    scene.changed("elder", of_age_at=TOMORROW)
    assert scene.refused(resident("elder"), "offer_mandate", **asked) == "mandate.ward_under_age"
    assert scene.refused(scene.village, "record_mandate", **PAPER) == "mandate.ward_under_age"
    assert scene.ask(resident("helper"), "accept_mandate", mandate_id=before)["state"] == "active"


def test_nobody_but_the_named_helper_answers_and_acts(scene):
    id = scene.offered()
    for other in ("elder", "other"):
        for door in ("accept_mandate", "refuse_mandate"):
            assert scene.refused(resident(other), door, mandate_id=id) == "mandate.not_found"
    scene.ask(resident("helper"), "accept_mandate", mandate_id=id)
    assert scene.may(id, helper="other") == scene.may("no-such-thing") == "mandate.not_found"


def test_a_refused_mandate_is_over_and_another_one_can_be_offered(scene):
    id = scene.offered()
    assert scene.ask(resident("helper"), "refuse_mandate", mandate_id=id)["state"] == "refused"
    assert scene.refused(resident("helper"), "accept_mandate", mandate_id=id) == "mandate.no_open_offer"
    assert scene.may(scene.active()) == "elder"


def test_two_people_have_one_living_mandate(scene):
    scene.offered()
    asked = {"helper_id": "helper", "matters": ["all"], "months": 6}
    assert scene.refused(resident("elder"), "offer_mandate", **asked) == "mandate.living_already"


@pytest.mark.parametrize(
    "who, by", [(resident("elder"), "ward"), (resident("helper"), "helper"), (Scene.village, "village")]
)
def test_elder_helper_and_village_end_it_and_the_next_request_is_refused(scene, who, by):
    id = scene.active()
    answer = scene.ask(who, "end_mandate", mandate_id=id, reason="不再需要")
    assert (answer["state"], answer["ended_by"]) == ("ended", by)
    assert scene.may(id) == "mandate.not_in_force"
    assert scene.refused(who, "end_mandate", mandate_id=id) == "mandate.over_already"


def test_for_everybody_else_the_mandate_does_not_exist(scene):
    id = scene.active()
    strangers = (resident("other"), scene.next_door, official("town_administrator", "510183104"))
    for stranger in strangers:
        for door in ("find_mandate", "find_mandate_paper", "list_mandate_acts", "end_mandate"):
            assert scene.refused(stranger, door, mandate_id=id) == "mandate.not_found"
    assert scene.ask(scene.next_door, "list_mandates")["items"] == []
    assert [one["id"] for one in scene.ask(scene.village, "list_mandates")["items"]] == [id]


def test_each_side_lists_its_own_mandates_with_masked_names(scene):
    id = scene.active()
    (given,) = scene.ask(resident("elder"), "list_my_mandates")["items"]
    (taken,) = scene.ask(resident("helper"), "list_my_mandates", side="helper")["items"]
    assert given == taken and given["id"] == id
    assert given["ward_name"] == given["helper_name"] == "王*英"
    assert scene.ask(resident("helper"), "list_my_mandates")["items"] == []


def test_a_paper_is_recorded_with_its_photo_and_its_witness_and_waits_for_the_helper(scene):
    made = scene.ask(scene.village, "record_mandate", **PAPER)
    assert (made["state"], made["origin"], made["witness_id"]) == ("offered", "paper", "witness")
    assert made["recorded_by"] == scene.village.id
    for who in (resident("elder"), resident("helper"), scene.village):
        shown = scene.ask(who, "find_mandate_paper", mandate_id=made["id"])
        assert (shown["type"], shown["photo"]) == ("image/jpeg", KEPT)
    assert scene.refused(scene.next_door, "find_mandate_paper", mandate_id=made["id"]) == "mandate.not_found"


def test_the_photo_is_in_no_mandate_answer_and_no_event(scene):
    made = scene.ask(scene.village, "record_mandate", **PAPER)
    raw = scene.service.mandates.documents.find_one(made["id"])
    assert KEPT[:40] not in str(raw) and "photo" not in made
    assert base64.b64decode(KEPT) not in str(raw).encode()


def test_a_photo_that_was_kept_as_it_was_sent_is_shown_without_its_place(scene):
    made = scene.ask(scene.village, "record_mandate", **PAPER)
    sent = {"photo": scene.service.papers.vault.encrypt({"photo": photo("PNG")}), "type": "image/png"}
    scene.service.papers.documents.insert_one({"_id": made["id"], "kept_at": utc_now(), **sent})
    scene.service.mandates.documents.update_one({"_id": made["id"]}, {"$unset": {"photos": ""}})
    shown = scene.ask(resident("helper"), "find_mandate_paper", mandate_id=made["id"])
    assert (shown["type"], shown["photo"]) == ("image/jpeg", in_base64(upright(photo("PNG"))))


def test_a_village_records_for_its_own_residents_only(scene):
    assert scene.refused(scene.next_door, "record_mandate", **PAPER) == "resident.not_found"
    assert scene.refused(scene.village, "record_mandate", **{**PAPER, "witness_id": "newcomer"}) == (
        "mandate.witness_not_available"
    )
    assert scene.refused(scene.village, "record_mandate", **{**PAPER, "witness_id": "helper"}) == (
        "mandate.witness_is_party"
    )


def test_a_paper_that_is_not_recorded_leaves_no_photo(scene):
    scene.offered()
    assert scene.refused(scene.village, "record_mandate", **PAPER) == "mandate.living_already"
    assert scene.service.received_files.files.documents.count_documents({}) == 0


def test_a_paper_sent_twice_is_recorded_once_with_its_photo(scene):
    key = uuid.uuid4().hex
    first = scene.ask(scene.village, "record_mandate", key, **PAPER)
    assert scene.ask(scene.village, "record_mandate", key, **PAPER) == first
    (file,) = scene.service.received_files.files.documents.find()
    assert (file["subject"], file["due"]) == (first["id"], None)


def test_a_mandate_given_online_has_no_paper(scene):
    id = scene.active()
    assert scene.refused(resident("elder"), "find_mandate_paper", mandate_id=id) == "mandate.no_paper"


def test_of_many_wards_that_a_helper_accepts_at_once_no_more_than_the_limit_are_taken(scene):
    ids = [scene.offered(f"ward{n}") for n in range(8)]
    answers = at_once(
        *(lambda id=id: scene.ask(resident("helper"), "accept_mandate", mandate_id=id)["state"] for id in ids)
    )
    assert answers.count("active") == MOST_WARDS
    assert set(answers) == {"active", "mandate.too_many_wards"}
    assert sorted(scene.service.mandates.places_taken("helper")) == list(range(MOST_WARDS))


def test_a_place_is_free_again_when_a_mandate_ends(scene):
    ids = [scene.active(f"ward{n}") for n in range(MOST_WARDS)]
    last = scene.offered()
    assert scene.refused(resident("helper"), "accept_mandate", mandate_id=last) == "mandate.too_many_wards"
    scene.ask(resident("helper"), "end_mandate", mandate_id=ids[0])
    assert scene.ask(resident("helper"), "accept_mandate", mandate_id=last)["state"] == "active"


def test_of_acceptance_and_end_at_once_the_end_holds_whichever_is_first(scene):
    id = scene.offered()
    at_once(
        lambda: scene.ask(resident("helper"), "accept_mandate", mandate_id=id)["state"],
        lambda: scene.ask(resident("elder"), "end_mandate", mandate_id=id)["state"],
    )
    assert scene.service.mandates.get(id).state == "ended"
    assert scene.may(id) == "mandate.not_in_force" and scene.service.mandates.places_taken("helper") == []


def test_of_two_who_end_at_once_one_does(scene):
    id = scene.active()
    answers = at_once(
        *(
            lambda who=who: scene.ask(who, "end_mandate", mandate_id=id)["state"]
            for who in (resident("elder"), resident("helper"), scene.village)
        )
    )
    assert sorted(answers) == ["ended", "mandate.over_already", "mandate.over_already"]


def test_while_the_elder_ends_it_the_helper_is_let_through_before_and_never_after(scene):
    id, ended = scene.active(), []

    def end():
        scene.ask(resident("elder"), "end_mandate", mandate_id=id)
        ended.append(True)
        return "ended"

    def keep_asking():
        for _ in range(2_000):
            over = bool(ended)
            if scene.may(id) != "elder":
                return "refused"
            assert not over, "let through after the elder had her answer"
        raise AssertionError("never refused")

    assert at_once(end, keep_asking) == ["ended", "refused"]


def test_the_clock_ends_offers_and_mandates_and_gives_the_place_back(scene):
    waiting, living = scene.offered("ward1"), scene.active(months=1)
    scene.sweep(timedelta(days=13))
    assert scene.service.mandates.get(waiting).state == "offered"
    scene.sweep(timedelta(days=15))
    assert scene.service.mandates.get(waiting).state == "expired"
    assert scene.may(living) == "elder"
    scene.sweep(timedelta(days=32))
    assert scene.service.mandates.get(living).state == "expired"
    assert scene.service.mandates.places_taken("helper") == []


def test_a_helper_cannot_hand_the_wards_affairs_on(scene):
    actor = acting(scene.active())
    asked = {"helper_id": "other", "matters": ["all"], "months": 6}
    assert scene.refused(actor, "offer_mandate", **asked) == "mandate.not_for_this"
    for door, request in (
        ("certify_resident", {"resident_id": "newcomer"}),
        ("list_notices", {}),
        ("find_resident", {"resident_id": "elder"}),
        ("sign_out", {}),
    ):
        assert scene.refused(actor, door, **request) in ("mandate.not_for_this", "access.forbidden")


def test_every_act_is_listed_once_for_ward_helper_and_village_and_stays_after_the_end(scene):
    id = scene.active()
    for number in range(1, 4):
        scene.hear(an_act(id, number), copies=3)
    scene.ask(resident("elder"), "end_mandate", mandate_id=id)
    for who in (resident("elder"), resident("helper"), scene.village):
        first = scene.ask(who, "list_mandate_acts", mandate_id=id, limit=2)
        rest = scene.ask(who, "list_mandate_acts", mandate_id=id, limit=2, cursor=first["next"])
        acts = first["items"] + rest["items"]
        assert [one["subject"] for one in acts] == ["a3", "a2", "a1"] and rest["next"] is None
        assert {(one["act"], one["acted_by"]) for one in acts} == {
            ("affairs.application.submitted", "helper")
        }


def test_what_people_do_for_themselves_is_no_act(scene):
    id = scene.active()
    event = an_act(id)
    own = {name: value for name, value in event.data.items() if name not in ("acted_by", "mandate_id")}
    scene.hear(Envelope(**{**vars(event), "data": own}))
    assert scene.ask(resident("elder"), "list_mandate_acts", mandate_id=id)["items"] == []
    assert scene.notices("elder") == scene.notices("helper") == []


def test_both_are_told_of_an_act_once_however_often_the_event_comes(scene):
    scene.hear(an_act(scene.active()), copies=3)
    (elder,), (helper,) = scene.notices("elder"), scene.notices("helper")
    assert "代办人代您提交了一件申请" in elder["text"] and "代委托人提交了一件申请" in helper["text"]
    assert elder["subject"] == helper["subject"] == "a1"


def test_both_are_told_of_what_becomes_of_the_mandate(scene):
    id = scene.active()
    scene.ask(scene.village, "end_mandate", mandate_id=id)
    for event in scene.told(id):
        scene.hear(event)
    for person in ("elder", "helper"):
        assert {one["about"] for one in scene.notices(person)} == {
            "identity.mandate.offered",
            "identity.mandate.accepted",
            "identity.mandate.ended",
        }


def test_a_helper_who_lost_the_certification_does_nothing_more(scene):
    id = scene.active()
    scene.service.residents.documents.update_one({"_id": "helper"}, {"$set": {"state": "rejected"}})
    assert scene.may(id) == "mandate.party_not_certified"
    with pytest.raises(NotFound):
        scene.ask(resident("helper"), "mandate_authority", mandate_id="no-such-thing", scope="affairs")


@pytest.mark.parametrize("person", ["elder", "helper"])
def test_an_erasure_ends_the_mandates_of_ward_and_helper_and_forgets_words_and_photos(
    scene, database, person
):
    recorded = scene.ask(scene.village, "record_mandate", **PAPER)["id"]
    scene.ask(scene.village, "end_mandate", mandate_id=recorded, reason="儿子已回村照顾")
    assert plain_in(database, ["儿子已回村照顾"]) == set()
    living = scene.active()
    data = {"resident_id": person, "state": "erased", "edition": "2019"}
    parts = (scene.service.mandates, scene.service.papers, scene.service.received_files)
    for _ in range(2):
        recording.erase_all_of(*parts, event_call("e", data, utc_now()))
    assert scene.may(living) != "elder"
    found = {one["_id"]: one for one in database.mandates.find()}
    assert {one["state"] for one in found.values()} == {"ended"}
    kept = [request["answer"] for one in found.values() for request in one["requests"]]
    assert not any(kept) and not any(one.get("sealed") for one in found.values())
    assert found[living]["ended_by"] == ("ward" if person == "elder" else "helper")
    assert [list(database[name].find()) for name in ("mandate_papers", "files", "file_pieces")] == [
        [],
        [],
        [],
    ]
