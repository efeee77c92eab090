"""What is asked for each route: every filter alone and with every other, by everybody whom the door lets in."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from marshmallow import fields, validate

from services.affairs.matters.ratings.links import token_of
from services.affairs.matters.ratings.store import RatingStore
from services.chassis.core.actor import ANYONE, Role
from services.chassis.core.calls import utc_now
from services.chassis.core.scope import path_of
from services.civic.actor import ANONYMOUS, SYSTEM, CivicActor, MandateClaim
from services.civic.short_numbers import number_of
from services.identity.officials.staff.model import DIGITS_OF_ROLE
from services.identity.people.households.store import HouseholdStore
from tests.county.people import PASSWORD, id_number_of, phone_of
from tests.integration.queries.files import (
    RESULT_NUMBER,
    make_files,
    make_mandate_photos,
    make_paper,
    make_photos,
    make_rating,
    make_result,
    make_review,
)
from tests.integration.queries.matters import BEGUN_IMPORT, IMPORT, fill_in, keep_answers
from tests.integration.queries.own_data import DOUBLE, EXPORT, SIGNED_IN, make_own_data
from tests.photos import in_base64, photo

PAGING = ("limit", "cursor", "wait")


def _in_days(days: int) -> str:
    """Give a day to come."""
    return (date.today() + timedelta(days=days)).isoformat()


class Asking:
    """Requests and callers for the routes of a made county; what it asks about lies in one village."""

    def __init__(self, made):
        self.databases = made.databases
        self.application = self._one("affairs", "applications", {"state": "submitted"})
        self.village = self.application["region"]
        here = {"region": self.village}
        self.listing = self._one("market", "listings", {**here, "state": "endorsed"})
        self.order = self._one("market", "orders", {**here, "state": "paid"})
        self.claim = self._one("market", "claims", {"order_id": self.order["_id"]})
        self.resident = self._one("identity", "residents", {**here, "state": "pending"})
        self.event = self._one("identity", "feed", {"name": "affairs.application.decided"})["event"]
        self.mandate = self._one("identity", "mandates", {**here, "state": "active", "origin": "paper"})
        make_own_data(self.databases["identity"], self.resident)
        self.photo, self.begun = make_photos(self.databases["market"], self.listing)
        self.file, self.begun_file = make_files(self.databases["affairs"], self.application)
        self.paper = make_paper(self.databases["affairs"], self.application)
        self.handled = self._one("affairs", "applications", {"state": "decided"})["_id"]
        self.rating_token = token_of(RatingStore(self.databases["affairs"]), self.handled)
        self.rating = make_rating(self.databases["affairs"], self.application)
        self.review = make_review(self.databases["affairs"], self.application)
        self.result = make_result(self.databases["affairs"], self.application)
        self.mandate_photo, self.begun_mandate_photo = make_mandate_photos(
            self.databases["identity"], self.mandate
        )
        keep_answers(self.databases["affairs"], self.application)
        self.elsewhere = next(code for code in made.county.villages if code != self.village)

    def callers(self, door) -> list[CivicActor]:
        """Give somebody for each kind and role, with the role at every level, and in two regions at once.

        Where a helper may use the door, one acts for each resident, under a mandate for all and under one for few kinds.
        """
        made = self._helpers() if door.mandate else []
        for name in door.allow:
            kinds = {ANYONE: [ANONYMOUS], "system": [SYSTEM], "resident": self._residents()}
            kinds["department"] = [
                CivicActor("department-2", "department"),
                CivicActor("department-8", "department"),
            ]
            kinds["named_visitor"] = [
                CivicActor("visitor-1", "visitor", (Role("named_visitor", self.village),))
            ]
            kinds["visitor"] = [
                CivicActor("visitor-2", "visitor", merged=(self.application["applicant_id"],))
            ]
            kinds["entrant"] = [CivicActor("official-1", "entrant")]
            kinds["official"] = [self._official("village_administrator", self.village)]
            made += kinds[name] if name in kinds else list(self._officials(name))
        return made

    def requests(self, route) -> list[dict]:
        """Give the requests of a route: what it requires, with each value of each filter, and all filters together.

        Raises KeyError for a field that nobody has said a value for: say one in `values`.
        """
        declared = route.request._declared_fields if route.request else {}
        required = {name: self._value(route, name) for name, one in declared.items() if one.required}
        filters = [n for n, one in declared.items() if not one.required and n not in PAGING]
        if not route.reads:
            rest = {
                n: self._value(route, n)
                for n in filters
                if n in self.values or (route.name, n) in self.values
            }
            return [{**required, **rest}]
        asked = [
            {**required, **{name: self._value(route, name) for name in chosen}}
            for count in range(len(filters) + 1)
            for chosen in itertools.combinations(filters, count)
        ]
        alone = [(name, choice) for name in filters for choice in _choices(declared[name])]
        return asked + [{**required, name: choice} for name, choice in alone]

    @cached_property
    def values(self) -> dict:
        """Give a value for each field of a request, and where a door needs another one, by (door, field)."""
        category = self._one("integrity", "categories", {"level": 3})
        matter = self._one("affairs", "matters", {"state": "open"})
        fill_in(self.databases["affairs"], self.application, matter)
        with_form = self._one("affairs", "matters", {"with_form": True})["_id"]
        report = self._one("integrity", "reports", {"state": "received"})
        power = self._one("integrity", "powers", {"state": "published"})
        recipient = {"name": "测甲子", "phone": phone_of(1), "address": "成都市测试路 1 号"}
        return {
            **{"resident_id": self.resident["_id"], "application_id": self.application["_id"]},
            **{"listing_id": self.listing["_id"], "order_id": self.order["_id"], "report_id": report["_id"]},
            **{"matter_id": matter["_id"], "category_id": category["_id"], "department_id": "department-2"},
            **dict.fromkeys(("notice_id", "up_to"), self._one("identity", "notices", {})["_id"]),
            "failure_id": "failure-0",
            **{"mandate_id": self.mandate["_id"], "ward_id": self.resident["_id"], "months": 6},
            **{"helper_id": self.mandate["helper_id"], "witness_id": self.mandate["witness_id"]},
            **{"matters": ["5", "20"], "orders": True, "votes": False, "photo": in_base64(photo())},
            "payment_id": self._one("market", "payments", {"order_id": self.order["_id"]})["_id"],
            **{
                "claim_id": self.claim["_id"],
                "amount_fen": 1,
                "goods_back": True,
                "refund_id": self.claim["_id"],
            },
            **{
                "statement": "测试陈述。",
                "ruling": "测试意见。",
                "way": "carrier",
                "refund_fen": 1,
                "refunded_fen": 1,
            },
            ("list_order_messages", "after"): 1,
            **self._of_households(),
            **self._of_the_party(),
            "official_id": self._one("identity", "officials", {"role": "clerk"})["_id"],
            "session_id": self._one("identity", "sessions", {"state": "active"})["_id"],
            **{
                "code": self.village,
                "parent": self.village[:9],
                "village": self.village,
                "region": self.village,
            },
            **{("list_categories", "parent"): category["parent"], "office": matter["office"], "kind": "20"},
            **{
                "text": "村务公开测试内容，不指任何人。",
                ("search_categories", "text"): "村务",
                ("list_matters", "text"): "高龄津贴",
                **{(door, "matter_id"): with_form for door in ("withdraw_matter", "find_matter_form")},
                ("find_draft", "matter_id"): self._one(
                    "affairs", "matters", {"draft.state": {"$exists": True}}
                )["_id"],
                ("find_matter_version", "number"): 1,
                ("approve_draft", "seen_version"): 1,
                **{(door, "matter_id"): with_form for door in ("write_form_page", "arrange_form")},
                **{("write_form_page", "page"): "elder", ("write_form_page", "title"): "本人"},
                **{"part": "question", "of": "born", "move": "up", ("write_question", "kind"): "date"},
                **{("write_question", "title"): "哪一天", ("write_question", "choices"): []},
                "page_title": "申请人",
                ("compare_matter_version", "number"): 1,
                ("search_listings", "text"): "猕猴桃",
                ("search_regions", "text"): "三河村",
            },
            **{"edition": "2019", "within": self.village[:6], "county": self.village[:6], "later": "2023"},
            **{
                "succession_id": f"{self.village[:6]}-2019-2020",
                "rows": [{"old": self.village, "new": [self.village]}],
            },
            **{"adoption_id": f"{self.village[:6]}-2017", "earlier": "2019", "new": [self.village]},
            **{("place_official", "region"): self.village},
            **{"population": 900, "households": 300, "smartphone_users": 600, "aged_18_to_65": 500},
            **{"level": 3, "state": "open", "side": "seller", "since": self.event["time"].isoformat()},
            **{"after": 3_000, "from_event": self.event["id"], "types": "affairs.application.*"},
            **{
                "name": "测甲子",
                "phone": phone_of(1),
                "id_number": id_number_of(999_999),
                "password": PASSWORD,
            },
            **{"materials": [{"name": "居民身份证", "note": ""}], "reason": "测试理由。", "stars": 5},
            **{
                "number": 1,
                "life_event": "建房",
                "known": False,
                **{
                    "age_band": "from_80",
                    "born_on": "1944-02-29",
                    "home": ["farm"],
                    "hardship": ["disabled"],
                },
                ("read_inbox", "reason"): "overdue",
                **{("read_inbox", "office"): "邛崃市民政局", ("count_inbox", "office"): "邛崃市民政局"},
                "sentence_id": "no-such-sentence",
                ("read_inbox", "name"): "测甲子",
                "note": "测试说明。",
                ("list_drafts", "state"): "in_review",
            },
            ("suspend_application", "until"): _in_days(7),
            "year": 2027,
            **{"outcome": "granted", ("conclude_report", "outcome"): "unsubstantiated", "days": 30},
            **{"contact": "数据科", "legal_ground": "《中华人民共和国统计法》"},
            **{
                "to": self.elsewhere,
                ("disclose_resident", "purpose"): "home_visit",
                ("look_up_resident", "purpose"): "home_visit",
                ("look_up_resident", "what"): "phone",
                ("look_up_resident", "value"): phone_of(1),
                "ended_id": self._one("identity", "residents", {"region": self.village, "state": "rejected"})[
                    "_id"
                ],
                "value": "测乙丑",
                "what": "name",
                "country": "VNM",
                "paper": "id_card",
                "unread": True,
                "change_asked": True,
                "escalated": True,
                ("move_webhook", "webhook_url"): "https://192.0.2.1/hook",
                **{"reader": "no-such-reader", "way": "phone", ("confirm_office", "code"): "00000000"},
                **{"key": "xzk_no-such_key_x", "key_id": "no-such-key"},
                **{("add_stream_reader", "name"): "second", ("make_machine_key", "name"): "采集机"},
            },
            **{"events": ["affairs.application.*"], "login": "clerk-510183", "role": "clerk"},
            **{
                ("appoint_official", "login"): "somebody-new",
                ("appoint_official", "region"): self.village[:9],
                ("invite_official", "region"): self.village[:9],
                **{"invitation_id": "no-such-invitation", "secret": "no-such-secret"},
                **{"leave_id": "leave-1", "stand_in": "somebody-new"},
                **{"week": [None] * 7, "day": "2026-01-01"},
                **{(door, "phone"): "028-88790000" for door in ("set_rota", "tell_contact")},
                **{("tell_contact", "address"): "3 组", "hours": "周一至周五"},
                **{"first_day": "2026-01-01", "last_day": "2026-01-02"},
            },
            **{
                "one_time_password": "wrong password",
                "old_password": "wrong password",
                "new_password": "another password",
                "refresh_token": "a.1.b",
            },
            ("confirm_second_factor", "code"): "123456",
            **{
                "accused": "测某",
                "receipt": "1234567812345678",
                "title": "猕猴桃",
                "description": "自家出产",
            },
            **{"unit": "箱", "price_fen": 100, "stock": 5, "quantity": 1, "recipient": recipient},
            **{"stock_milli": 5_000, "quantity_milli": 1_000, "step_milli": 1_000, "sold_out": False},
            **{"seller_id": self.listing["seller_id"], "sort": "price_asc"},
            **{"import_id": "import-0", "file_hash": "f" * 64, "size": 10, "offset": 0},
            **{"paper": "id_card", "last_four": "001X"},
            **{("add_register_part", "body"): "YQ=="},
            **{"photo_id": self.photo, "file_id": self.begun, "number": 0, "sha256": "0" * 64},
            **{"power_id": power["_id"], "group": "money", "category": "农村农业/村务管理/村务公开"},
            **{("list_powers", "text"): "分红", ("list_powers", "state"): "published"},
            **{("list_power_drafts", "state"): "in_review", ("publish_power_draft", "seen_version"): 1},
            **{(door, "number"): 1 for door in ("find_power_version", "compare_power_version")},
            ("find_power_draft", "power_id"): self._one("integrity", "powers", {"draft.state": "in_review"})[
                "_id"
            ],
            **{("begin_power", "name"): "管理公墓", ("write_power_draft", "name"): "收益分配"},
            "material": 1,
            **{"paper_id": self.paper, "valid_until": _in_days(30), "ends_on": _in_days(60)},
            **{
                (door, "import_id"): IMPORT
                for door in ("find_matter_import", "list_matter_import_lines", "apply_matter_import")
            },
            **{(door, "file_id"): BEGUN_IMPORT for door in ("put_matter_import_piece", "add_matter_import")},
            ("put_matter_import_piece", "body"): "YQ==",
            **{("list_matter_import_lines", "outcome"): "refused", ("export_matters", "format"): "csv"},
            **{"sheet": "materials", "against": 1, "hand_in": False, "withdrawn_to": "请到窗口办。"},
            **{("put_application_file_piece", "body"): "YQ=="},
            **{
                (door, "file_id"): self.file
                for door in ("find_application_file", "remove_application_file", "open_original")
            },
            **{"ground": "signature", "result_id": self.result, "token": "t" * 43, "check": "ABCD2345"},
            **{("look_up_progress", "number"): number_of(self.application["_id"])},
            ("look_up_progress", "code"): "ABCD2345",
            **{("check_paper_number", "number"): RESULT_NUMBER, ("check_paper_file", "body"): "YQ=="},
            ("choose_result_delivery", "way"): "print",
            **{
                (door, "application_id"): self.handled
                for door in ("find_rating_link", "open_rating_link", "rate_by_link")
            },
            **{(door, "token"): self.rating_token for door in ("open_rating_link", "rate_by_link")},
            **{
                "rating_id": self.rating,
                "said": "补收件单",
                "mended": True,
                "solved": "yes",
                "county": "510183",
            },
            ("ask_for_review", "application_id"): self.handled,
            **{"review_id": self.review, "grounds": "材料是齐的", ("decide_review", "outcome"): "upheld"},
            **{("answer_rating", "answer"): "已补上", ("decide_rating_appeal", "outcome"): "dismissed"},
            **{
                (door, "file_id"): self.begun_file
                for door in ("put_application_file_piece", "add_application_file")
            },
            **{
                (door, "photo_id"): self.mandate_photo
                for door in ("find_mandate_photo", "remove_mandate_photo")
            },
            **{
                (door, "file_id"): self.begun_mandate_photo
                for door in ("put_mandate_photo_piece", "add_mandate_photo")
            },
            **{"photos_missing": True, ("put_mandate_photo_piece", "body"): "YQ=="},
            **{("put_listing_photo_piece", "body"): "YQ==", ("find_file_piece", "file_id"): self.photo},
            **{"provider": "first", "nonce": "n", "choices": {"others": "inbox"}},
            **{
                "code_id": "no-such-code",
                ("sign_in_by_code", "code"): "123456",
                ("begin_visit", "code"): "123456",
                ("reset_password", "code"): "123456",
                ("begin_wechat_binding", "code"): "123456",
                **{("sign_in_by_wechat", "code"): "none", ("bind_wechat", "code"): "none", "browser": "none"},
                # of nobody: who registers with another's phone gets the salt of that one's password
                ("register_resident", "phone"): phone_of(999_999),
                ("prove_resident_phone", "code"): "123456",
                "id_number_ending": "001X",
            },
            "visitor_id": self._one("identity", "visitors", {"region": self.village})["_id"],
            **{"erasure_id": "no-such-erasure", "export_id": EXPORT, "format": "json"},
            ("find_number_holder", "resident_id"): DOUBLE,
            "entries": [self.resident["_id"], self.order["buyer_id"]],
            "expires_at": (utc_now() + timedelta(days=7)).isoformat(),
            **{"codes": [self.village], "rehearsal": 1, "counts": {}},
            **{"purpose": "统计乡村治理", ("give_consent", "purpose"): "market_sms", "notice_version": 2},
            **{("withdraw_consent", "purpose"): "market_sms", "version": 1},
            **{"carrier": "中国邮政", "tracking": "TEST1", "body": "{}", "timestamp": "0", "signature": "0"},
        }

    def _of_households(self) -> dict:
        headed = {"region": self.village, "marked.asked": True, "head_id": {"$ne": None}}
        household = self._one("identity", "households", headed)
        other = self._one(
            "identity", "households", {"region": self.village, "_id": {"$ne": household["_id"]}}
        )
        goer = household["member_ids"][1]
        somebody = {"resident_id": self.resident["_id"], "relation": "head"}
        return {
            "household_id": household["_id"],
            "other_household_id": other["_id"],
            "ask_id": HouseholdStore(self.databases["identity"]).get(household["_id"]).asks[0].id,
            "head_id": goer,
            "relation": "other",
            ("form_household", "members"): [somebody],
            ("split_household", "members"): [{"resident_id": goer, "relation": "head"}],
            "relations": [{"resident_id": household["head_id"], "relation": "parent"}],
            ("change_household_member", "resident_id"): goer,
            ("change_household_member", "left_behind"): "elder",
            ("remove_household_member", "resident_id"): goer,
            ("ask_for_household_change", "kind"): "add",
            "mark": "disabled",
            "person_id": self._one("identity", "recorded_people", {"region": self.village})["_id"],
            ("end_recorded_person", "kind"): "moved",
            ("list_coverage", "after"): self.village[:9],
        }

    def _of_the_party(self) -> dict:
        member = self._one("identity", "party_members", {"region": self.village})
        nobody = self._one("identity", "residents", {"region": self.village, "state": "certified"})
        doors = (
            "find_party_member",
            "transfer_party_member",
            "mark_party_member_floating",
            "record_party_contact",
        )
        return {
            "unit_id": member["unit_id"],
            **{(door, "resident_id"): member["_id"] for door in (*doors, "remove_party_member")},
            ("enter_party_member", "resident_id"): nobody["_id"],
            "floating_to": "广东省东莞市",
            "silent_days": 30,
        }

    def _value(self, route, name: str):
        choices = _choices(route.request._declared_fields[name])
        if choices and (route.name, name) not in self.values and self.values.get(name) not in choices:
            return choices[0]
        found = self.values.get((route.name, name), self.values.get(name))
        if found is None:
            raise KeyError(f"{route.name}: say a value for {name} in tests/integration/queries/asking.py")
        return found

    def _residents(self) -> list[CivicActor]:
        ids = (
            self.application["applicant_id"],
            self.listing["seller_id"],
            self.order["buyer_id"],
            self.resident["_id"],
            self.mandate["ward_id"],
            self.mandate["helper_id"],
        )
        found = [CivicActor(id, "resident", assurance=1, session=SIGNED_IN) for id in ids]
        return [*found, replace(found[0], merged=(ids[1],))]

    def _helpers(self) -> list[CivicActor]:
        until = utc_now() + timedelta(minutes=10)
        return [
            CivicActor(
                "helper", "resident", assurance=1, on_behalf_of=MandateClaim("m", ward.id, until, kinds)
            )
            for ward in self._residents()
            for kinds in ((), ("5", "20"))
        ]

    def _officials(self, role: str):
        for digits in DIGITS_OF_ROLE[role]:
            yield self._official(role, path_of(self.village)[(6, 9, 12).index(digits)])
            if digits > 6:
                yield self._official(role, self.village[:digits], self.elsewhere[:digits])

    def _official(self, role: str, *regions: str) -> CivicActor:
        return CivicActor("official-1", "official", tuple(Role(role, region) for region in regions))

    def _one(self, service: str, collection: str, where: dict) -> dict:
        return self.databases[service][collection].find_one(where, sort=[("_id", 1)])


def _choices(declared: fields.Field) -> list:
    return [
        choice for one in declared.validators if isinstance(one, validate.OneOf) for choice in one.choices
    ]
