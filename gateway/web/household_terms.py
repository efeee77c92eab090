"""What the village writes about a household beside single fields: how each one is related, and how a member lives.

The forms ask one thing of each member, which no contract's field does; what was typed comes back as it was.
"""

from gateway.web import words
from gateway.web.forms import Input
from gateway.web.numbers import day_of, typed_day
from gateway.web.visit import PageVisit
from services.identity.people.households.contract import HEAD, LEFT_BEHIND, RELATIONS

RELATED = "relation-"
"""Before the id of a member: how they are related to the head."""
DESTINATION, SINCE = "away.destination", "away.since"


def relations(visit: PageVisit) -> list[dict]:
    """Give who was related how, as sent; who was left out is not among them."""
    return [
        {"resident_id": name.removeprefix(RELATED), "relation": value}
        for name, value in visit.sent.items()
        if name.startswith(RELATED) and value
    ]


def new_head(visit: PageVisit) -> dict:
    """Say who becomes the head and how everybody else is related to them."""
    sent = relations(visit)
    heads = [one["resident_id"] for one in sent if one["relation"] == HEAD]
    others = [one for one in sent if one["resident_id"] not in heads[:1]]
    return {"head_id": heads[0] if heads else "", "relations": others}


def one_head(visit: PageVisit, _asked: dict) -> dict[str, str]:
    """Refuse a change of head that names none, or more than one."""
    heads = [one for one in relations(visit) if one["relation"] == HEAD]
    return {} if len(heads) == 1 else {"head_id": "请给一位成员选“户主”，只能有一位。"}


def circumstances(visit: PageVisit) -> dict:
    """Say of a member what was sent: what was emptied is taken away, the head's relation stays."""
    sent = {name: visit.sent.get(name, "").strip() for name in (DESTINATION, "left_behind", "relation")}
    day = typed_day(visit.sent, SINCE)
    away = None
    if sent[DESTINATION] or any(day):
        away = {"destination": sent[DESTINATION], "since": day_of(day)}
    told = {"resident_id": visit.query["member"], "away": away, "left_behind": sent["left_behind"] or None}
    grade = {} if visit.sent.get("disability_grade") else {"disability_grade": None}
    related = {"relation": sent["relation"]} if sent["relation"] not in ("", HEAD) else {}
    return {**told, **grade, **related}


def inputs(visit: PageVisit, member: dict) -> list[Input]:
    """Give what is filled in of one member, beginning with what is known, and after a refusal with what was typed."""
    away = member["away"] or {"destination": "", "since": "--"}
    known = {
        "relation": member["relation"],
        "left_behind": member["left_behind"] or "",
        DESTINATION: away["destination"],
    }
    day = tuple(away["since"].split("-"))
    if visit.sent:
        known = {name: visit.sent.get(name, "") for name in known}
        day = typed_day(visit.sent, SINCE)
    others = tuple((one, words.word(one, "relation")) for one in RELATIONS if one != HEAD)
    left = (("", "不是留守"), *((one, words.word(one, "left_behind")) for one in LEFT_BEHIND))
    related = Input(
        "relation", "和户主的关系", "", "choice", known["relation"], required=True, choices=others
    )
    given = [
        Input("left_behind", "留守", "", "choice", known["left_behind"], required=True, choices=left),
        Input(DESTINATION, "外出务工的地方", "没有外出的不填，例如 广东省东莞市", "text", known[DESTINATION]),
        Input(SINCE, "哪天外出的", "没有外出的不填", "date", day),
    ]
    return given if member["relation"] == HEAD else [related, *given]
