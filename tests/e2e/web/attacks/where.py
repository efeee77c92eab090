"""Where each act of the pages has its form, and for whom: with things of everybody that were made through the API.

`tests/e2e/web/attacks/test_reflected.py` fails for an act that is missing here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from deploy.local.story.identity import VILLAGE
from tests.e2e.authorization import (
    affairs,
    departments,
    households,
    identity,
    integrity,
    mandates,
    market,
    photos,
    ratings,
    reviews,
)
from tests.e2e.authorization.row import nothing


@dataclass(frozen=True)
class Place:
    """A page with an act's form: who is shown it, its address, and what has to be there; `sent` goes along with every form.

    `lasts` is false where making the next one ends it: a helper has one mandate of somebody.
    """

    seat: str
    path: str
    before: Callable[..., dict] = nothing
    sent: dict = field(default_factory=dict)
    lasts: bool = True

    def made(self, cast) -> tuple[str, dict]:
        """Make what has to be there; gives the address and what goes along."""
        found = self.before(cast)
        return self.path.format(**found), {name: value.format(**found) for name, value in self.sent.items()}


def the_newcomer(cast) -> dict:
    """The newcomer, whom the village has refused: who appeals or tries again."""
    cast["village administrator"].try_to(
        "POST", f"/residents/{cast['newcomer'].id}/refusal", {"reason": "户口不在本村"}
    )
    return {}


def a_matter_and_its_applicant(cast) -> dict:
    """A matter that the owner can apply for."""
    return affairs.a_matter(cast)


def rated(cast) -> dict:
    """An application that the owner can rate."""
    return affairs.decided(cast)


def a_report_with_a_finding(cast) -> dict:
    """A report that has a finding, and its receipt."""
    return integrity.concluded(cast)


def a_category_of_the_last_level(cast) -> dict:
    """A category under which something can be reported."""
    found = cast["nobody"].get("/complaint-categories/search", text="低保", level=3)["items"]
    return {"category_id": found[0]["id"]}


OWNER, NEIGHBOUR, NEWCOMER, NOBODY = "owner", "neighbour", "newcomer", "nobody"
VILLAGE_DESK, TOWN_DESK, COUNTY_DESK = "village administrator", "town administrator", "county administrator"
CLERK, OFFICER, DATA = "county clerk", "discipline officer", "data officer"
RESIDENT, HOUSEHOLD = "/work/residents/{resident_id}", "/work/households/{household_id}"
RECEIPT = {"receipt": "{receipt}"}


def at_a_desk(
    seat: str, path: str, before: Callable[..., dict], *acts: str, lasts: bool = True
) -> dict[str, Place]:
    """Say where acts have a screen for themselves."""
    return {act: Place(seat, f"{path}?do={act}", before, lasts=lasts) for act in acts}


EVERYBODY = {
    "ask_reset_code": Place(NOBODY, "/forgotten-password"),
    "reset_password": Place(NOBODY, "/forgotten-password/any"),
    "register": Place(NOBODY, "/register"),
    "sign_in": Place(NOBODY, "/sign-in"),
    "rate_by_link": Place(NOBODY, "/rate/{application_id}/{token}", ratings.linked),
    "check_number": Place(NOBODY, "/verify"),
    "check_file": Place(NOBODY, "/verify"),
    "look_up_progress": Place(NOBODY, "/progress"),
    "ask_sign_in_code": Place(NOBODY, "/sign-in/code"),
    "sign_in_by_wechat": Place(NOBODY, "/sign-in/wechat/back?code=none&state=none"),
    "sign_in_by_code": Place(NOBODY, "/sign-in/code/any"),
    "choose_first_password": Place(NOBODY, "/first-password"),
    "open_invitation": Place(NOBODY, "/invitation"),
    "accept_invitation": Place(NOBODY, "/invitation"),
    "sign_out": Place(OWNER, "/sign-out"),
    "suggest_matters": Place(NOBODY, "/fitting"),
    "suggest_own_matters": Place(OWNER, "/fitting"),
    "keep_fitting_answers": Place(OWNER, "/fitting"),
    "discard_fitting_answers": Place(OWNER, "/fitting"),
    "give_fitting_leave": Place(OWNER, "/fitting"),
    "give_paper_leave": Place(OWNER, "/my/papers", affairs.without_paper_leave, lasts=False),
    "withdraw_paper_leave": Place(OWNER, "/my/papers", affairs.with_paper_leave, lasts=False),
    "remove_paper": Place(OWNER, "/my/papers", affairs.paper_kept, {"paper_id": "{paper_id}"}, lasts=False),
    "reuse_paper": Place(
        OWNER,
        "/my/applications/{application_id}",
        affairs.paper_offered,
        {"number": "1", "paper_id": "{paper_id}"},
        lasts=False,
    ),
}
REPORTERS = {
    "look": Place(NOBODY, "/report/follow"),
    "write_to_officer": Place(NOBODY, "/report/follow", a_report_with_a_finding, RECEIPT),
    "rate_report": Place(NOBODY, "/report/follow", a_report_with_a_finding, RECEIPT),
    "ask_review": Place(NOBODY, "/report/follow", a_report_with_a_finding, RECEIPT),
    "withdraw_report": Place(NOBODY, "/report/follow", integrity.received, RECEIPT),
    "report": Place(
        NOBODY, "/report", a_category_of_the_last_level, {"category_id": "{category_id}", "region": VILLAGE}
    ),
}
MARKET = {
    "order": Place(NEIGHBOUR, "/market/{listing_id}/order", market.on_sale),
    "pay": Place(NEIGHBOUR, "/my/orders/{order_id}", market.placed),
    "cancel_order": Place(NEIGHBOUR, "/my/orders/{order_id}", market.placed),
    "receive": Place(NEIGHBOUR, "/my/orders/{order_id}", market.shipped),
    "ask_claim": Place(NEIGHBOUR, "/my/orders/{order_id}", market.shipped),
    "write_to_seller": Place(NEIGHBOUR, "/my/orders/{order_id}", market.shipped),
    "read_seller": Place(NEIGHBOUR, "/my/orders/{order_id}", market.shipped),
    "withdraw_claim": Place(OWNER, "/my/claims/{claim_id}", market.claimed),
    "dispute": Place(OWNER, "/my/claims/{claim_id}", market.refused),
    "send_back": Place(OWNER, "/my/claims/{claim_id}", market.to_send_back),
    "agree": Place(NEIGHBOUR, "/my/claims/{claim_id}", market.claimed),
    "refuse": Place(NEIGHBOUR, "/my/claims/{claim_id}", market.claimed),
    "confirm_return": Place(NEIGHBOUR, "/my/claims/{claim_id}", market.sent_back),
    "offer": Place(OWNER, "/my/sales/offer"),
    "change": Place(OWNER, "/my/sales/{listing_id}", market.on_sale),
    "take_off": Place(OWNER, "/my/sales/{listing_id}", market.on_sale),
    "add_file": Place(OWNER, "/my/applications/{application_id}", affairs.submitted, {"number": "1"}),
    "remove_file": Place(
        OWNER, "/my/applications/{application_id}", affairs.photo_handed_in, {"file_id": "{file_id}"}
    ),
    "add_photo": Place(OWNER, "/my/sales/{listing_id}/photos", market.an_offer),
    "remove_photo": Place(OWNER, "/my/sales/{listing_id}/photos", photos.shown, {"photo_id": "{photo_id}"}),
    "ship": Place(OWNER, "/my/sales/orders/{order_id}", market.paid),
    "correct": Place(OWNER, "/my/sales/orders/{order_id}", market.shipped),
    "give_up": Place(OWNER, "/my/sales/orders/{order_id}", market.paid),
    "write_to_buyer": Place(OWNER, "/my/sales/orders/{order_id}", market.paid),
    "read_buyer": Place(OWNER, "/my/sales/orders/{order_id}", market.paid),
}
RESIDENTS = {
    "discard_own_draft": Place(OWNER, "/my/applications", affairs.draft_of_hers),
    "apply": Place(OWNER, "/guide/{matter_id}/apply", a_matter_and_its_applicant),
    "supply": Place(OWNER, "/my/applications/{application_id}", affairs.noticed),
    "withdraw": Place(OWNER, "/my/applications/{application_id}", affairs.submitted),
    "renew_look_up_code": Place(OWNER, "/my/applications/{application_id}", affairs.submitted),
    "rate": Place(OWNER, "/my/applications/{application_id}", rated),
    "confirm_mended": Place(OWNER, "/my/ratings/{rating_id}", ratings.answered),
    "object_to_answer": Place(OWNER, "/my/ratings/{rating_id}", ratings.answered),
    "tell_solved": Place(OWNER, "/my/ratings/{rating_id}", ratings.asked_whether_it_is_solved),
    "ask_for_review": Place(OWNER, "/my/applications/{application_id}/review", reviews.refused),
    "go_on_with_review": Place(OWNER, "/my/reviews/{review_id}", reviews.upheld),
    "withdraw_review": Place(OWNER, "/my/reviews/{review_id}", reviews.asked),
    "choose_delivery": Place(OWNER, "/my/results/{result_id}", affairs.issued, {"way": "print"}),
    "post_result": Place(OWNER, "/my/results/{result_id}", affairs.issued),
    "ask_copy": Place(OWNER, "/my/privacy/copies"),
    "end_device": Place(OWNER, "/my/devices"),
    "end_other_devices": Place(OWNER, "/my/devices"),
    "ask_erasure": Place(OWNER, "/my/privacy/erasure"),
    "cancel_erasure": Place(OWNER, "/my/privacy/erasure"),
    "ask_household": Place(OWNER, "/my/household", households.the_owners_household),
    "withdraw_ask": Place(OWNER, "/my/household", households.an_ask),
    "appeal": Place(NEWCOMER, "/my/identity", the_newcomer),
    "try_again": Place(NEWCOMER, "/my/identity/again", the_newcomer),
    "ask_correction": Place(OWNER, "/my/identity"),
    "withdraw_correction": Place(OWNER, "/my/identity"),
    "cancel_move": Place(OWNER, "/my/identity"),
    "ask_match": Place(OWNER, "/my/identity"),
    "accept_mandate": Place(NEIGHBOUR, "/my/helpers/{mandate_id}", mandates.offered, lasts=False),
    "refuse_mandate": Place(NEIGHBOUR, "/my/helpers/{mandate_id}", mandates.offered, lasts=False),
    "end_mandate": Place(OWNER, "/my/helpers/{mandate_id}", mandates.active, lasts=False),
    "act_for_ward": Place(NEIGHBOUR, "/my/helpers/{mandate_id}", mandates.active, lasts=False),
    "offer_mandate": Place(OWNER, "/my/helpers"),
    "act_for_myself": Place(OWNER, "/my/helpers"),
    "ask_move": Place(OWNER, "/my/identity/move"),
    "choose_channels": Place(OWNER, "/my/notices/settings"),
    "read_all_notices": Place(OWNER, "/my/notices"),
    "change_password": Place(OWNER, "/my/password"),
    "ask_phone_code": Place(OWNER, "/my/identity/phone"),
    "prove_phone": Place(OWNER, "/my/identity/phone/any"),
    "ask_wechat_code": Place(OWNER, "/my/identity/wechat", identity.phone_proven, lasts=False),
    "end_wechat_binding": Place(OWNER, "/my/identity/wechat", identity.wechat_bound, lasts=False),
    "begin_wechat_binding": Place(OWNER, "/my/identity/wechat/any"),
    "bind_wechat": Place(OWNER, "/my/identity/wechat/back?code=none&state=none"),
    "give_consent": Place(OWNER, "/my/privacy"),
    "withdraw_consent": Place(OWNER, "/my/privacy"),
}
MATTER = "/work/matters/{matter_id}"
A_POWER = "/work/powers/{power_id}"
AFFAIRS_DESK = {
    **at_a_desk(COUNTY_DESK, MATTER, affairs.a_matter, "write_draft", "withdraw_matter"),
    "write_question": Place(COUNTY_DESK, f"{MATTER}/form/question?kind=whole", affairs.a_matter),
    "write_form_page": Place(COUNTY_DESK, f"{MATTER}/form/page?page=elder", affairs.with_a_form),
    "arrange_form": Place(
        COUNTY_DESK, f"{MATTER}/form", affairs.with_a_form, {"move": "page household down"}
    ),
    "drop_form": Place(COUNTY_DESK, f"{MATTER}/form?out=form", affairs.with_a_form),
    "try_form": Place(COUNTY_DESK, f"{MATTER}/form/preview", affairs.with_a_form),
    "begin_power": Place(OFFICER, "/work/powers"),
    **at_a_desk(
        COUNTY_DESK, A_POWER, integrity.drafted_power, "write_power", "submit_power", "discard_power"
    ),
    **at_a_desk(COUNTY_DESK, A_POWER, integrity.published_power, "withdraw_power"),
    **at_a_desk(OFFICER, A_POWER, integrity.power_in_review, "publish_power", "return_power"),
    **at_a_desk(COUNTY_DESK, MATTER, affairs.drafted, "submit_draft", "discard_draft"),
    **at_a_desk(CLERK, MATTER, affairs.handed_in, "approve_draft", "return_draft"),
    "send_spreadsheet": Place(CLERK, "/work/catalogue"),
    "make_drafts": Place(CLERK, "/work/catalogue/{import_id}", affairs.checked_import),
    "accept_application": Place(CLERK, "/work/applications/{application_id}", affairs.submitted),
    **at_a_desk(
        CLERK,
        "/work/applications/{application_id}",
        affairs.submitted,
        "notify_missing",
        "decline_application",
    ),
    "claim_application": Place(CLERK, "/work/applications/{application_id}", affairs.submitted),
    **at_a_desk(CLERK, "/work/applications/{application_id}", affairs.submitted, "write_remark"),
    "change_calendar_day": Place(COUNTY_DESK, "/work/calendar"),
    "withdraw_calendar_day": Place(
        COUNTY_DESK, "/work/calendar", affairs.a_changed_day, {"of": "{day}"}, lasts=False
    ),
    "publish_calendar_year": Place(COUNTY_DESK, "/work/calendar"),
    "add_sentence": Place(CLERK, "/work/sentences"),
    "change_sentence": Place(CLERK, "/work/sentences/{sentence_id}?kind=notice", affairs.a_sentence),
    "remove_sentence": Place(CLERK, "/work/sentences/{sentence_id}?kind=notice", affairs.a_sentence),
    "release_application": Place(CLERK, "/work/applications/{application_id}", affairs.claimed),
    **at_a_desk(CLERK, "/work/applications/{application_id}", affairs.claimed, "hand_over_application"),
    **at_a_desk(
        "town clerk", "/work/applications/{application_id}", affairs.claimed, "take_over_application"
    ),
    **at_a_desk(CLERK, "/work/applications/{application_id}", affairs.to_verify, "verify_material"),
    **at_a_desk(CLERK, "/work/applications/{application_id}", affairs.accepted, "decide_application"),
    **at_a_desk(CLERK, "/work/applications/{application_id}", affairs.noticed, "lapse_application"),
    **at_a_desk(
        TOWN_DESK, "/work/applications/{application_id}", affairs.a_licence_accepted, "extend_application"
    ),
    **at_a_desk(
        CLERK, "/work/applications/{application_id}", affairs.a_licence_accepted, "suspend_application"
    ),
    "resume_application": Place(CLERK, "/work/applications/{application_id}", affairs.a_licence_suspended),
    **at_a_desk(CLERK, "/work/applications/{application_id}", affairs.decided, "issue_result"),
    **at_a_desk(CLERK, "/work/results/{result_id}", affairs.waited_for, "hand_over_result"),
    **at_a_desk(CLERK, "/work/results/{result_id}", affairs.issued, "revoke_result"),
    **at_a_desk(TOWN_DESK, "/work/ratings/{rating_id}", ratings.rated_badly, "call_back_rating"),
    **at_a_desk(TOWN_DESK, "/work/ratings/{rating_id}", ratings.called_back, "answer_rating"),
    **at_a_desk(CLERK, "/work/ratings/{rating_id}", ratings.rated_badly, "appeal_rating"),
    **at_a_desk(TOWN_DESK, "/work/ratings/{rating_id}", ratings.appealed, "decide_rating_appeal"),
    "take_review": Place(TOWN_DESK, "/work/reviews/{review_id}", reviews.asked),
    **at_a_desk(TOWN_DESK, "/work/reviews/{review_id}", reviews.taken_by_the_head, "decide_review"),
    "open_original": Place(
        CLERK, "/work/applications/{application_id}/files/{file_id}/original", affairs.pdf_handed_in
    ),
    **at_a_desk(CLERK, "/work/disputes/{claim_id}", market.disputed, "decide_claim"),
    "see_at_window": Place(CLERK, "/work/sighting"),
    "look_up_resident": Place(VILLAGE_DESK, "/work/find"),
}
RESIDENTS_DESK = {
    "certify_resident": Place(VILLAGE_DESK, RESIDENT, identity.somebody_waiting),
    **at_a_desk(VILLAGE_DESK, RESIDENT, identity.somebody_waiting, "reject_resident", "disclose_resident"),
    **at_a_desk(COUNTY_DESK, RESIDENT, identity.two_of_one_person, "merge_residents"),
    **at_a_desk(TOWN_DESK, RESIDENT, identity.somebody_who_appeals, "overturn_rejection", "uphold_rejection"),
    **at_a_desk(
        VILLAGE_DESK, RESIDENT, identity.somebody_who_corrects, "approve_correction", "refuse_correction"
    ),
    **at_a_desk(VILLAGE_DESK, RESIDENT, identity.somebody_who_goes, "release_resident", "refuse_departure"),
    **at_a_desk(VILLAGE_DESK, RESIDENT, identity.somebody_certified, "report_end", "ask_match_of_resident"),
    **at_a_desk(VILLAGE_DESK, RESIDENT, identity.somebody_certified, "see_resident"),
    **at_a_desk(TOWN_DESK, RESIDENT, identity.somebody_deactivated, "reactivate_resident"),
    **at_a_desk(COUNTY_DESK, RESIDENT, identity.somebody_certified, "revoke_sight"),
    "accept_arrival": Place(
        "village administrator next door", "/work/arrivals/{resident_id}", identity.somebody_who_comes
    ),
    **at_a_desk(
        "village administrator next door",
        "/work/arrivals/{resident_id}",
        identity.somebody_who_comes,
        "refuse_arrival",
    ),
    **at_a_desk(
        TOWN_DESK, "/work/ends/{resident_id}", identity.somebody_reported, "confirm_end", "dismiss_end"
    ),
}
VILLAGE_ROOM = {
    "approve_household_ask": Place(VILLAGE_DESK, HOUSEHOLD, households.an_ask, {"ask": "{ask_id}"}),
    "refuse_household_ask": Place(
        VILLAGE_DESK, HOUSEHOLD + "?do=refuse_household_ask&ask={ask_id}", households.an_ask
    ),
    "remove_household_member": Place(
        VILLAGE_DESK,
        HOUSEHOLD + "?do=remove_household_member&member={resident_id}",
        households.a_household,
    ),
    "change_household_member": Place(
        VILLAGE_DESK,
        HOUSEHOLD + "?do=change_household_member&member={resident_id}",
        households.a_household,
    ),
    "join_households": Place(
        VILLAGE_DESK, HOUSEHOLD + "?do=join_households&other={other}", households.two_households
    ),
    **at_a_desk(
        VILLAGE_DESK,
        HOUSEHOLD,
        households.a_household,
        "add_household_member",
        "change_household_head",
        "split_household",
        "dissolve_household",
    ),
    "form_household": Place(VILLAGE_DESK, "/work/households"),
    "record_person": Place(VILLAGE_DESK, "/work/recorded"),
    **at_a_desk(
        VILLAGE_DESK,
        "/work/recorded/{person_id}",
        households.somebody_recorded,
        "correct_recorded_person",
        "link_recorded_person",
        "end_recorded_person",
    ),
    "change_figures": Place(VILLAGE_DESK, f"/work/figures?code={VILLAGE}"),
    "endorse_listing": Place(VILLAGE_DESK, "/work/listings/{listing_id}", market.an_offer),
    **at_a_desk(VILLAGE_DESK, "/work/listings/{listing_id}", market.an_offer, "decline_listing"),
    **at_a_desk(
        VILLAGE_DESK, "/work/mandates/{mandate_id}", mandates.active, "end_mandate_at_desk", lasts=False
    ),
    "record_mandate": Place(VILLAGE_DESK, "/work/mandates/paper"),
    "add_mandate_photo": Place(
        VILLAGE_DESK, "/work/mandates/{mandate_id}", mandates.without_a_photo, lasts=False
    ),
    "remove_mandate_photo": Place(
        VILLAGE_DESK,
        "/work/mandates/{mandate_id}?do=remove_mandate_photo&photo={photo_id}",
        mandates.photographed,
        lasts=False,
    ),
    "replace_mandate_photo": Place(
        VILLAGE_DESK,
        "/work/mandates/{mandate_id}?do=replace_mandate_photo&photo={photo_id}",
        mandates.photographed_and_active,
        lasts=False,
    ),
}
OFFICES = {
    "end_device_of_office": Place(VILLAGE_DESK, "/work/devices"),
    "end_other_devices_of_office": Place(VILLAGE_DESK, "/work/devices"),
    "read_all_notices_of_office": Place(VILLAGE_DESK, "/work/notices"),
    "tell_contact": Place(VILLAGE_DESK, "/work/contact"),
    "set_rota": Place(VILLAGE_DESK, "/work/duties"),
    "change_duty": Place(VILLAGE_DESK, "/work/duties?do=change_duty"),
    "record_leave": Place(VILLAGE_DESK, "/work/leaves"),
    "end_leave": Place(COUNTY_DESK, "/work/leaves?leave={leave_id}", identity.a_leave),
    "choose_own_password": Place(VILLAGE_DESK, "/work/begin?do=choose_own_password"),
    "offer_second_factor": Place(VILLAGE_DESK, "/work/begin"),
    "confirm_second_factor": Place(VILLAGE_DESK, "/work/begin?do=confirm_second_factor"),
    "invite_official": Place(COUNTY_DESK, "/work/officials/new"),
    "resend_invitation": Place(COUNTY_DESK, "/work/invitations/{invitation_id}", identity.an_invitation),
    "revoke_invitation": Place(COUNTY_DESK, "/work/invitations/{invitation_id}", identity.an_invitation),
    **at_a_desk(
        COUNTY_DESK,
        "/work/officials/{official_id}",
        identity.an_official_with_a_second_factor,
        "reset_second_factor",
        "dismiss_official",
    ),
}
COUNTY = {
    **at_a_desk(
        DATA,
        "/work/departments/{department_id}",
        departments.an_application,
        "grant_subscription",
        "refuse_subscription",
    ),
    **at_a_desk(
        DATA,
        "/work/departments/{department_id}",
        departments.a_grant,
        "confirm_office",
        "revoke_subscription",
    ),
    **at_a_desk(
        DATA,
        "/work/departments/{department_id}",
        departments.an_asked_change,
        "grant_change",
        "refuse_change",
    ),
    "accept_report": Place(OFFICER, "/work/reports/{report_id}", integrity.received),
    **at_a_desk(OFFICER, "/work/reports/{report_id}", integrity.received, "decline_report", "recuse_officer"),
    **at_a_desk(OFFICER, "/work/reports/{report_id}", integrity.in_hand, "answer_report", "conclude_report"),
}
OF_ACTS: dict[str, Place] = {
    **EVERYBODY,
    **REPORTERS,
    **MARKET,
    **RESIDENTS,
    **AFFAIRS_DESK,
    **RESIDENTS_DESK,
    **VILLAGE_ROOM,
    **OFFICES,
    **COUNTY,
}
