"""The table of the identity service, without departments."""

import random
import uuid
from datetime import UTC, datetime

from deploy.local.story.identity import COUNTY, OTHER_VILLAGE, PASSWORD, TOWN, VILLAGE
from deploy.local.story.person import new_resident
from services.chassis.core.calls import Call, utc_now, write_call
from services.chassis.core.clock import CHINA
from services.civic.actor import SYSTEM
from services.identity.access.wechat.model import WechatBinding
from services.identity.access.wechat.store import WechatBindingStore
from services.identity.divisions.edition_switches.model import EditionSwitch
from services.identity.divisions.edition_switches.store import EditionSwitchStore
from tests.e2e.authorization.row import Row, seats_in
from tests.e2e.authorization.seats import (
    ACCOUNTS,
    ADMINISTRATORS,
    ALL_OFFICIALS,
    ANYBODY,
    DEPARTMENTS,
    EVERYBODY,
    HELPER,
    ONE_OF_EACH_KIND,
    RESIDENTS,
    SIGNED_IN,
)

NEW_CLERK = {"name": "新同事", "login": f"t-{uuid.uuid4().hex[:12]}", "role": "clerk", "region": TOWN}
UNKNOWN = {"login": "nobody-here", "one_time_password": "x", "new_password": PASSWORD}
ONE = "/residents/{resident_id}"
DECIDERS = "town administrator, county administrator"
CERTIFIERS = "village administrator, town administrator"
HOSTS = "village administrator next door, town administrator, county administrator"
END = {"kind": "deceased", "reason": "家属报告"}
LOOK = {"purpose": "home_visit", "reason": "上门核实居住情况"}
REASON = {"reason": "户口簿写的是本村"}
REACHED = {"phone": "028-88790000", "address": "3 组党群服务中心", "hours": "周一至周五 9:00-17:00"}
SPLIT = "510183103298"
NO_VILLAGE = "510183999999"
ONE_ROW = {"rows": [{"old": VILLAGE, "new": [VILLAGE]}]}
COMMITTEES = "discipline officer, discipline officer of another county"
WRONG = "session.wrong_credentials"
AT_A_DESK = (
    "county clerk, county clerk of another county, town clerk, town clerk of another town, "
    "town administrator, town administrator of another town, "
    "county administrator, county administrator of another county"
)
OUTSIDE = "official.grant_not_allowed"


def the_newcomers_login(cast) -> dict:
    """A right login and password, whoever sends them."""
    return cast.newcomers_login


def nobody_has_bound(cast) -> dict:
    """No WeChat at any account."""
    cast.platform.database("identity").wechat_bindings.delete_many({})
    return {}


def phone_proven(cast) -> dict:
    """The owner has proved the phone, and bound no WeChat."""
    proven = {"$set": {"phone_held": True, "phone_proved_at": utc_now()}, "$unset": {"phone_lost_at": ""}}
    cast.platform.database("identity").residents.update_one({"_id": cast["owner"].id}, proven)
    return nobody_has_bound(cast)


def wechat_bound(cast) -> dict:
    """The owner has bound some WeChat."""
    phone_proven(cast)
    bindings = WechatBindingStore(cast.platform.database("identity"))
    id = uuid.uuid4().hex
    bindings.add(WechatBinding(id, VILLAGE, "", cast["owner"].id, id, utc_now()), [], Call({}))
    return {}


def her_other_device(cast) -> dict:
    """A second sign-in of the newcomer, that nothing else here uses."""
    person = cast.platform.person("newcomer").sign_in(**cast.newcomers_login)
    this = next(one for one in person.get("/sessions", limit=100)["items"] if one["this"])
    return {"session_id": this["id"], "id": this["id"]}


def somebody_waiting(cast) -> dict:
    """A resident of 黑虎村 who waits for certification."""
    person, _ = cast.registered()
    return {"resident_id": person.id, "id": person.id}


def somebody_with_a_registered_number(cast) -> dict:
    """A resident of 黑虎村 who waits with a number that another one holds."""
    _, entered = cast.registered()
    second = {**entered, "phone": new_resident(VILLAGE)["phone"]}
    made = cast.platform.person("double").post("/residents", second, expect=201)
    return {"resident_id": made["id"], "id": made["id"]}


def the_owner(cast) -> dict:
    """The owner's own entry."""
    return {"resident_id": cast["owner"].id}


def somebody_to_register(cast) -> dict:
    """What a person enters who is not registered yet."""
    return new_resident(VILLAGE)


def an_official_of_the_village(cast) -> dict:
    """A new administrator of 黑虎村."""
    asked = {**NEW_CLERK, "login": f"t-{uuid.uuid4().hex[:12]}", "role": "village_administrator"}
    made = cast["county administrator"].post("/officials", {**asked, "region": VILLAGE}, expect=201)
    return {"official_id": made["id"], "id": made["id"]}


def an_invitation(cast) -> dict:
    """An open invitation to be administrator of 黑虎村."""
    asked = {"name": "新同事", "role": "village_administrator", "region": VILLAGE}
    made = cast["county administrator"].post("/invitations", asked, expect=201)
    return {"invitation_id": made["id"], "id": made["id"]}


def a_leave(cast) -> dict:
    """An administrator of 黑虎村 is away today, and a colleague stands in."""
    chief, today = cast["county administrator"], datetime.now(CHINA).date().isoformat()
    absent, colleague = an_official_of_the_village(cast), an_official_of_the_village(cast)
    login = chief.get(f"/officials/{colleague['id']}")["login"]
    asked = {"official_id": absent["id"], "stand_in": login, "first_day": today, "last_day": today}
    made = chief.post("/leaves", asked, expect=201)
    return {"leave_id": made["id"], "id": made["id"]}


def an_office(cast) -> dict:
    """The office of 黑虎村, with a rota on which nobody stands."""
    cast["county administrator"].ask("PUT", f"/duties/{VILLAGE}", NOBODY_ON_DUTY, 200)
    return {"region": VILLAGE}


def a_contact(cast) -> dict:
    """The office of 黑虎村, which has told its phone."""
    cast["county administrator"].ask("PUT", f"/contacts/{VILLAGE}", REACHED, 200)
    return {"region": VILLAGE}


def an_official_with_a_second_factor(cast) -> dict:
    """A new administrator of 黑虎村 who has confirmed a second factor."""
    made = an_official_of_the_village(cast)
    officials = cast.platform.database("identity").officials
    officials.update_one({"_id": made["id"]}, {"$set": {"factor": 1, "factors": 1}})
    return made


def a_notice_to_the_owner(cast) -> dict:
    """The notice of her certification."""
    found = cast.platform.wait_for(lambda: cast["owner"].get("/notices", limit=100)["items"])
    return {"notice_id": found[-1]["id"], "id": found[-1]["id"]}


def a_message_to_the_owner(cast) -> dict:
    """The SMS about her certification."""
    found = cast.platform.wait_for(lambda: cast["owner"].get("/messages", limit=100)["items"])
    return {"id": found[-1]["id"]}


def to_market_sms(cast) -> dict:
    """The purpose that residents can consent to."""
    return {"purpose": "market_sms"}


def her_consent(cast) -> dict:
    """The owner's own decision."""
    given = cast["owner"].post("/consents/market_sms/giving", {"notice_version": 2})
    return {"id": given["id"]}


def her_erasure(cast) -> dict:
    """The owner's own request, which can still be cancelled."""
    made = cast["owner"].get("/erasures")["items"][0]
    return {"erasure_id": made["id"], "id": made["id"]}


def her_export(cast) -> dict:
    """The owner's own request for a copy."""
    made = cast["owner"].get("/exports")["items"][0]
    return {"export_id": made["id"], "id": made["id"]}


def a_phone_that_nobody_has(cast) -> dict:
    """A phone of nobody here, another one each time."""
    return {"phone": new_resident(VILLAGE)["phone"]}


def somebody_who_appeals(cast) -> dict:
    """A resident of 黑虎村 whom the village rejected, and who asks the town."""
    person, entered = cast.registered()
    cast["village administrator"].post(f"/residents/{person.id}/refusal", REASON)
    person.sign_in(entered["phone"], entered["password"])
    person.post(f"/residents/{person.id}/appeal", REASON)
    return {"resident_id": person.id, "id": person.id}


def somebody_certified(cast) -> dict:
    """A new certified resident of 黑虎村, who has signed in."""
    person, entered = cast.registered()
    cast["village administrator"].post(f"/residents/{person.id}/certification")
    person.sign_in(entered["phone"], entered["password"])
    return {"resident_id": person.id, "id": person.id, "person": person}


def somebody_who_corrects(cast) -> dict:
    """Somebody who asks for another name."""
    made = somebody_certified(cast)
    made["person"].post(f"/residents/{made['id']}/correction", {"what": "name", "value": "王更名"})
    return made


def the_owner_who_corrects(cast) -> dict:
    """The owner, who has asked for another name."""
    made = the_owner(cast)
    cast["owner"].try_to(
        "POST", f"/residents/{made['resident_id']}/correction", {"what": "name", "value": "王更名"}
    )
    return made


def the_owner_who_goes(cast) -> dict:
    """The owner, who has asked to move next door."""
    made = the_owner(cast)
    cast["owner"].try_to("POST", f"/residents/{made['resident_id']}/move", {**REASON, "to": OTHER_VILLAGE})
    return made


def somebody_who_goes(cast) -> dict:
    """Somebody who asks to move next door."""
    made = somebody_certified(cast)
    made["person"].post(f"/residents/{made['id']}/move", {**REASON, "to": OTHER_VILLAGE})
    return made


def somebody_who_comes(cast) -> dict:
    """Somebody whom 黑虎村 has let go next door."""
    made = somebody_who_goes(cast)
    cast["village administrator"].post(f"/residents/{made['id']}/move/release")
    return made


def a_look_at_the_owner(cast) -> dict:
    """An entry of what the village saw of her."""
    made = cast["village administrator"].post(f"/residents/{cast['owner'].id}/disclosures", LOOK, expect=201)
    return {"id": made["id"]}


def somebody_reported(cast) -> dict:
    """Somebody of whose death 黑虎村 reports."""
    made = somebody_certified(cast)
    cast["village administrator"].post(f"/residents/{made['id']}/end-report", END)
    return made


def somebody_deactivated(cast) -> dict:
    """Somebody whose end the town has confirmed."""
    made = somebody_reported(cast)
    cast["town administrator"].post(f"/residents/{made['id']}/end-report/confirmation")
    return made


def two_of_one_person(cast) -> dict:
    """Two entries in 黑虎村, the second of which is to end."""
    return {**somebody_waiting(cast), "ended": somebody_waiting(cast)["id"]}


def the_village(cast) -> dict:
    """黑虎村 by its code."""
    return {"code": VILLAGE}


def a_table(cast) -> dict:
    """The county's table to the edition of 2023, begun by whoever comes first, with all open rows led somewhere."""
    chief, id = cast["county administrator"], f"{COUNTY}-2019-2023"
    chief.try_to("POST", "/successions", {"county": COUNTY, "later": "2023"})
    rows = chief.get(f"/successions/{id}")["rows"]
    somewhere = {len(code): code for code in (TOWN, VILLAGE)}
    missing = [{"old": one["old"], "new": [somewhere[len(one["old"])]]} for one in rows if not one["new"]]
    if missing:
        chief.post(f"/successions/{id}/rows", {"rows": missing})
    return {"succession_id": id, "id": id}


def an_open_table(cast) -> dict:
    """The county's table to the edition of 2020, which nobody has confirmed: nothing begins by it."""
    asked = {"county": COUNTY, "later": "2020"}
    cast["county administrator"].try_to("POST", "/successions", asked)
    return {"succession_id": f"{COUNTY}-2019-2020"}


def an_adoption(cast) -> dict:
    """A finished adoption in which a village was split, written down as if it had been long ago."""
    store = EditionSwitchStore(cast.platform.database("identity"))
    id, now = f"{COUNTY}-2017", datetime.now(UTC)
    if not store.documents.find_one({"_id": id}):
        row = {"old": SPLIT, "new": [OTHER_VILLAGE, VILLAGE], "moved": True}
        one = EditionSwitch(id, COUNTY, "long-ago", "2017", "2018", [row], "test", now, phase="finished")
        store.add(one, [], write_call("test", {}, SYSTEM, id))
    return {"adoption_id": id, "id": id}


def somebody_to_place(cast) -> dict:
    """A resident of the village that was split."""
    person, _ = cast.registered()
    waits = {"awaiting": SPLIT, "region": COUNTY, "regions": [COUNTY]}
    cast.platform.database("identity").residents.update_one({"_id": person.id}, {"$set": waits})
    return {**an_adoption(cast), "resident_id": person.id, "id": person.id}


def an_official_to_place(cast) -> dict:
    """The administrator of the village that was split."""
    made = an_official_of_the_village(cast)
    waits = {"resting": True, "region": SPLIT, "regions": [COUNTY]}
    cast.platform.database("identity").officials.update_one({"_id": made["id"]}, {"$set": waits})
    return {**an_adoption(cast), **made}


def a_party_unit_to_place(cast) -> dict:
    """A party unit of the village that was split."""
    body = {"name": f"第{uuid.uuid4().hex[:8]}党支部", "region": VILLAGE}
    made = cast["county administrator"].post("/party/units", body, expect=201)
    waits = {"region": COUNTY, "regions": [COUNTY], "formerly": [{"edition": "2017", "code": SPLIT}]}
    cast.platform.database("identity").party_units.update_one({"_id": made["id"]}, {"$set": waits})
    return {**an_adoption(cast), "unit_id": made["id"], "id": made["id"]}


THE_SAME = dict  # what was prepared is what is sent
APPOINTERS = "county administrator, town administrator"
NOBODY_ON_DUTY = {"week": [None] * 7, "phone": "028-88790000"}
NO_LINK = dict.fromkeys(EVERYBODY.split(", "), "invitation.not_valid")
TOLD_OUTSIDE = dict.fromkeys(
    ("county administrator of another county", "town administrator of another town"), OUTSIDE
)

ROWS = [
    Row("GET /.well-known/jwks.json", EVERYBODY),
    Row("GET /regions", ANYBODY, send={"parent": TOWN}),
    Row("GET /regions/{code}", ANYBODY, lambda cast: {"code": VILLAGE}),
    Row("GET /regions/search", ANYBODY, send={"text": "黑虎村", "within": COUNTY}),
    Row("GET /regions/{code}/editions", ANYBODY, the_village),
    Row(
        "POST /regions/{code}/figures",
        ADMINISTRATORS,
        the_village,
        {"population": random.randrange(3_000, 900_000)},
        nothing=NO_VILLAGE,
    ),
    Row("GET /regions/{code}/figures", ADMINISTRATORS, the_village, nothing=NO_VILLAGE),
    Row("POST /successions", "county administrator", send={"county": COUNTY, "later": "2020"}),
    Row("GET /successions", "county administrator", a_table, lists=True),
    Row("GET /successions/{succession_id}", "county administrator", a_table),
    Row("POST /successions/{succession_id}/rows", "county administrator", a_table, ONE_ROW),
    Row("GET /successions/{succession_id}/rehearsal", "county administrator", a_table),
    Row("POST /successions/{succession_id}/rehearsal", "county administrator", a_table),
    Row("POST /successions/{succession_id}/confirmation", "county administrator", a_table),
    Row(
        "POST /adoptions",
        "",
        an_open_table,
        lambda made: {"succession_id": made["succession_id"]},
        told={"county administrator": "adoption.table_not_confirmed"},
    ),
    Row("GET /adoptions", "county administrator", an_adoption, lists=True),
    Row("GET /adoptions/{adoption_id}", "county administrator", an_adoption),
    Row(
        "GET /adoptions/{adoption_id}/residents",
        "county administrator",
        somebody_to_place,
        {"code": SPLIT},
        lists=True,
    ),
    Row(
        "POST /adoptions/{adoption_id}/residents/{resident_id}/placement",
        "county administrator",
        somebody_to_place,
        {"village": VILLAGE},
    ),
    Row(
        "POST /adoptions/{adoption_id}/officials/{official_id}/placement",
        "county administrator",
        an_official_to_place,
        {"region": VILLAGE},
    ),
    Row(
        "POST /adoptions/{adoption_id}/party-units/{unit_id}/placement",
        "county administrator",
        a_party_unit_to_place,
        {"region": VILLAGE},
    ),
    Row("POST /sessions", EVERYBODY, the_newcomers_login, THE_SAME, tried_by=ONE_OF_EACH_KIND),
    Row(
        "POST /sessions/first",
        "",
        send=UNKNOWN,
        told=dict.fromkeys(EVERYBODY.split(", "), WRONG),
        tried_by=ONE_OF_EACH_KIND,
    ),
    Row(
        "POST /sessions/password",
        "",
        send={"old_password": "not the right one", "new_password": PASSWORD},
        told=dict.fromkeys(f"entrant, {RESIDENTS}, {ALL_OFFICIALS}".split(", "), WRONG),
        tried_by=f"{ONE_OF_EACH_KIND}, entrant, grid worker",
    ),
    Row(
        "POST /second-factor",
        "grid worker",
        told={"county administrator": "session.code_needed", "entrant": "second_factor.password_first"},
        tried_by=f"{ONE_OF_EACH_KIND}, entrant, grid worker",
    ),
    Row(
        "POST /second-factor/confirmation",
        "",
        send={"code": "no code"},
        told={
            "county administrator": "second_factor.not_offered",
            "entrant": "second_factor.not_offered",
            "grid worker": "session.wrong_code",
        },
        tried_by=f"{ONE_OF_EACH_KIND}, entrant, grid worker",
    ),
    Row(
        "POST /sessions/refresh",
        "",
        send={"refresh_token": "x"},
        told=dict.fromkeys(EVERYBODY.split(", "), "session.over"),
    ),
    # four of them: more than that one phone does not get from one network
    Row(
        "POST /codes",
        EVERYBODY,
        a_phone_that_nobody_has,
        THE_SAME,
        tried_by=f"nobody, visitor, newcomer, county administrator, {HELPER.name}",
    ),
    Row(
        "POST /sessions/by-code",
        "",
        send={"code_id": "no-such-code", "code": "123456", "id_number_ending": "001X"},
        told=dict.fromkeys(EVERYBODY.split(", "), "code.wrong"),
    ),
    Row("GET /wechat/sign-in", EVERYBODY),
    Row(
        "POST /sessions/by-wechat",
        "",
        send={"code": "none", "state": "none", "browser": "none"},
        told=dict.fromkeys(EVERYBODY.split(", "), "wechat.round_over"),
    ),
    Row("GET /wechat/binding", RESIDENTS),
    Row(
        "POST /wechat/binding/beginning",
        "",
        send={"code_id": "no-such-code", "code": "123456"},
        told=dict.fromkeys(seats_in(RESIDENTS), "code.not_proved"),
    ),
    Row(
        "POST /wechat/binding",
        "",
        send={"code": "none", "state": "none"},
        told=dict.fromkeys(seats_in(RESIDENTS), "wechat.round_over"),
    ),
    Row(
        "POST /wechat/binding/ending",
        "",
        nobody_has_bound,
        told=dict.fromkeys(seats_in(RESIDENTS), "wechat.not_bound"),
    ),
    Row(
        "POST /sessions/password/reset",
        "",
        send={
            "code_id": "no-such-code",
            "code": "123456",
            "id_number_ending": "001X",
            "new_password": PASSWORD,
        },
        told=dict.fromkeys(EVERYBODY.split(", "), "code.wrong"),
    ),
    Row(
        "POST /visits",
        "",
        send={"code_id": "no-such-code", "code": "123456"},
        told=dict.fromkeys(EVERYBODY.split(", "), "code.not_proved"),
    ),
    Row(
        "GET /visitors/{visitor_id}",
        f"{ADMINISTRATORS}, county clerk, town clerk",
        lambda cast: {"visitor_id": cast["named visitor"].id},
    ),
    Row("GET /sessions", "newcomer", her_other_device, lists=True, also=ACCOUNTS),
    Row("POST /sessions/{session_id}/ending", "newcomer", her_other_device, also=ACCOUNTS),
    # the others only: everybody's own sign-in is needed by the rows that follow
    Row("POST /sessions/everywhere/ending", ACCOUNTS, her_other_device, {"devices": "others"}),
    Row("POST /residents", EVERYBODY, somebody_to_register, THE_SAME, tried_by=ONE_OF_EACH_KIND),
    Row("GET /residents", ADMINISTRATORS, somebody_waiting, lists=True),
    Row("GET /residents/{resident_id}", f"owner, {ADMINISTRATORS}", the_owner),
    Row(
        "POST /residents/{resident_id}/certification",
        "village administrator, town administrator",
        somebody_waiting,
    ),
    Row(
        "POST /residents/{resident_id}/refusal",
        "village administrator, town administrator",
        somebody_waiting,
        {"reason": "不是本村人"},
    ),
    Row(f"POST {ONE}/appeal", "", the_owner, REASON, told={"owner": "resident.nothing_to_appeal"}),
    Row(f"POST {ONE}/appeal/upholding", DECIDERS, somebody_who_appeals, REASON),
    Row(f"POST {ONE}/appeal/overturning", DECIDERS, somebody_who_appeals, REASON),
    Row(f"POST {ONE}/second-try", "", the_owner, told={"owner": "resident.not_rejected"}),
    Row("GET /residents/requests", ADMINISTRATORS, somebody_who_corrects, lists=True),
    Row("GET /residents/arrivals", HOSTS, somebody_who_comes, lists=True),
    Row(f"POST {ONE}/correction", "owner", the_owner, {"what": "name", "value": "王更名"}),
    Row(f"POST {ONE}/correction/withdrawal", "owner", the_owner_who_corrects),
    Row(f"POST {ONE}/correction/approval", CERTIFIERS, somebody_who_corrects),
    Row(f"POST {ONE}/correction/refusal", CERTIFIERS, somebody_who_corrects, REASON),
    Row(
        f"POST {ONE}/phone",
        "",
        the_owner,
        {"code_id": "no-such-code", "code": "123456"},
        told={"owner": "code.not_proved"},
    ),
    Row("GET /residents/doubles", "county administrator", somebody_with_a_registered_number, lists=True),
    Row(f"POST {ONE}/move", "owner", the_owner, {**REASON, "to": OTHER_VILLAGE}),
    Row(f"POST {ONE}/move/cancellation", "owner", the_owner_who_goes),
    Row(f"POST {ONE}/move/release", CERTIFIERS, somebody_who_goes),
    Row(
        f"POST {ONE}/move/acceptance",
        "village administrator next door, town administrator",
        somebody_who_comes,
        told={"village administrator": "resident.not_in_turn"},
    ),
    Row(
        f"POST {ONE}/move/refusal",
        "village administrator next door, town administrator",
        somebody_who_comes,
        REASON,
        told={"village administrator": "resident.not_in_turn"},
    ),
    Row(
        f"POST {ONE}/disclosures",
        CERTIFIERS,
        the_owner,
        LOOK,
        told={"county administrator": "disclosure.not_your_purpose"},
    ),
    Row(
        "POST /residents/search",
        CERTIFIERS,
        the_owner,
        {**LOOK, "what": "phone", "value": "13999999999"},
        told=dict.fromkeys(
            ("village administrator", "town administrator", "county administrator"), "disclosure.nobody_found"
        ),
    ),
    Row("GET /disclosures/mine", "owner", a_look_at_the_owner, lists=True),
    Row("GET /disclosures", "auditor", a_look_at_the_owner, lists=True),
    Row("GET /residents/end-reports", ADMINISTRATORS, somebody_reported, lists=True),
    Row(f"POST {ONE}/end-report", CERTIFIERS, somebody_certified, END),
    Row(f"POST {ONE}/end-report/confirmation", "town administrator", somebody_reported),
    Row(f"POST {ONE}/end-report/dismissal", CERTIFIERS, somebody_reported),
    Row(f"POST {ONE}/reactivation", "town administrator", somebody_deactivated, REASON),
    Row(
        f"POST {ONE}/merge",
        "county administrator",
        two_of_one_person,
        lambda made: {**REASON, "ended_id": made["ended"]},
    ),
    Row("POST /officials", APPOINTERS, send=NEW_CLERK, told=TOLD_OUTSIDE),
    Row("GET /colleagues", AT_A_DESK, send={"region": VILLAGE}),
    # the committee looks among its own, of whom the village's official is none
    Row("GET /officials", APPOINTERS, an_official_of_the_village, lists=True, also=COMMITTEES),
    Row("GET /officials/{official_id}", APPOINTERS, an_official_of_the_village, also=COMMITTEES),
    Row("POST /officials/{official_id}/dismissal", APPOINTERS, an_official_of_the_village),
    Row(
        "POST /invitations",
        APPOINTERS,
        send={"name": "新同事", "role": "clerk", "region": TOWN},
        told=TOLD_OUTSIDE,
    ),
    Row("GET /invitations", APPOINTERS, an_invitation, lists=True),
    Row("POST /invitations/{invitation_id}/resending", APPOINTERS, an_invitation),
    Row("POST /invitations/{invitation_id}/revocation", APPOINTERS, an_invitation),
    Row("POST /invitations/opening", "", send={"secret": "no-such-link"}, told=NO_LINK),
    Row(
        "POST /invitations/acceptance",
        "",
        send={"secret": "no-such-link", "login": "somebody-new", "password": PASSWORD},
        told=NO_LINK,
    ),
    Row(
        "POST /leaves",
        "",
        send={"stand_in": "nobody-here", "first_day": "2026-01-01", "last_day": "2026-01-01"},
        told=dict.fromkeys(ALL_OFFICIALS.split(", "), "leave.cannot_stand_in"),
    ),
    Row("GET /leaves", APPOINTERS, a_leave, lists=True),
    Row("GET /leaves/mine", ALL_OFFICIALS),
    Row("GET /leaves/{leave_id}/acts", APPOINTERS, a_leave, also=ALL_OFFICIALS),
    Row("POST /leaves/{leave_id}/ending", APPOINTERS, a_leave, also=ALL_OFFICIALS),
    Row("PUT /contacts/{region}", ADMINISTRATORS, a_contact, REACHED, nothing=NO_VILLAGE),
    Row("GET /contacts/{region}", ANYBODY, a_contact),
    Row("GET /contacts/mine", f"{RESIDENTS}, {ALL_OFFICIALS}"),
    Row("PUT /duties/{region}", ADMINISTRATORS, an_office, NOBODY_ON_DUTY, nothing=NO_VILLAGE),
    Row("GET /duties/{region}", ADMINISTRATORS, an_office, nothing=NO_VILLAGE),
    Row("GET /duties/now", f"{RESIDENTS}, {ALL_OFFICIALS}"),
    Row(
        "POST /duties/{region}/days",
        ADMINISTRATORS,
        an_office,
        lambda made: {"day": datetime.now(CHINA).date().isoformat(), "official_id": None},
        nothing=NO_VILLAGE,
    ),
    Row(
        "GET /residents/{resident_id}/number-holder",
        "county administrator",
        somebody_with_a_registered_number,
    ),
    Row("GET /notices/preferences", f"{RESIDENTS}, {ALL_OFFICIALS}"),
    Row("PUT /notices/preferences", f"{RESIDENTS}, {ALL_OFFICIALS}", send={"choices": {"others": "inbox"}}),
    Row("GET /privacy/notice", ANYBODY),
    Row("GET /consents", RESIDENTS),
    Row("POST /consents/{purpose}/giving", RESIDENTS, to_market_sms, {"notice_version": 2}),
    Row("GET /consents/decisions", "owner", her_consent, lists=True, also="neighbour, newcomer"),
    Row("POST /consents/{purpose}/withdrawal", RESIDENTS, to_market_sms),
    Row("GET /erasures/preview", RESIDENTS),
    Row("GET /erasures/terms", RESIDENTS),
    Row("GET /erasures/obstacles/applications", RESIDENTS),
    Row("GET /erasures/obstacles/orders", RESIDENTS),
    Row("POST /erasures", RESIDENTS),
    Row("GET /erasures", "owner", her_erasure, lists=True, also="neighbour, newcomer"),
    Row(
        "POST /erasures/{erasure_id}/cancellation",
        "owner",
        her_erasure,
        also="neighbour, newcomer",
    ),
    Row("POST /exports", RESIDENTS),
    Row("GET /exports", "owner", her_export, lists=True, also="neighbour, newcomer"),
    Row("GET /exports/{export_id}", "owner", her_export, also="neighbour, newcomer"),
    Row("GET /exports/{export_id}/copy", "owner", her_export, also="neighbour, newcomer"),
    Row("GET /messages", "owner", a_message_to_the_owner, lists=True, also="neighbour, newcomer"),
    Row(
        "POST /messages/receipts/{provider}",
        "",
        lambda cast: {"provider": "first"},
        told=dict.fromkeys(EVERYBODY.split(", "), "receipt.forged"),
    ),
    Row("POST /officials/{official_id}/second-factor/reset", APPOINTERS, an_official_with_a_second_factor),
    Row("GET /notices", "owner", a_notice_to_the_owner, lists=True, also=f"{ALL_OFFICIALS}, {DEPARTMENTS}"),
    Row(
        "POST /notices/reading",
        "owner",
        a_notice_to_the_owner,
        lambda made: {"up_to": made.get("notice_id", "no-such-thing")},
        also=f"{RESIDENTS}, {ALL_OFFICIALS}, {DEPARTMENTS}",
    ),
    Row(
        "POST /notices/{notice_id}/reading",
        "owner",
        a_notice_to_the_owner,
        also=f"{RESIDENTS}, {ALL_OFFICIALS}, {DEPARTMENTS}",
    ),
]

LAST = [Row("DELETE /sessions/current", SIGNED_IN)]
"""After it nobody of the cast is signed in."""
