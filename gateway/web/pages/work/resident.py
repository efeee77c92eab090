"""One resident at the desk: what is known, what waits, and one screen per decision."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.visit import PageVisit

DESK = "/residents/{resident_id}"
QUEUE = "/work/residents"


def asks(kind: str):
    """Fit where the resident asks for this."""
    return lambda one: bool(one["request"]) and one["request"]["kind"] == kind


def stands(*states: str):
    """Fit in these states."""
    return lambda one: one["state"] in states


def moves_out(one: dict) -> bool:
    """Fit where the resident wants to leave, and this village has not let go."""
    return asks("move")(one) and not one["request"]["released_at"]


STEPS = (
    DeskStep(
        "reject_resident",
        "不予通过",
        "居民会看到理由，可以改正后重新提交，或者向镇上申诉。",
        stands("pending"),
    ),
    DeskStep(
        "overturn_rejection", "申诉成立：由镇上认证", "居民会看到理由，认证立即生效。", stands("appealed")
    ),
    DeskStep("uphold_rejection", "申诉不成立：维持不予通过", "居民会看到理由。", stands("appealed")),
    DeskStep(
        "approve_correction", "同意更正", "同意以后，登记的内容立即改为申请的内容。", asks("correction")
    ),
    DeskStep("refuse_correction", "不同意更正", "居民会看到理由。", asks("correction")),
    DeskStep("release_resident", "同意迁出", "同意以后，由迁入的村决定是否接收。", moves_out),
    DeskStep("refuse_departure", "不同意迁出", "居民会看到理由。", moves_out),
    DeskStep(
        "disclose_resident",
        "查看完整的姓名和电话",
        "谁在什么时候、为什么看过，居民本人都能看到。",
    ),
    DeskStep(
        "see_resident",
        "当面核验证件",
        "请核对本人和证件原件；只记证件种类和号码后四位。",
        stands("certified"),
    ),
    DeskStep("ask_match_of_resident", "与户籍登记核对", "号码只用来核对，不会保存。", stands("certified")),
    DeskStep(
        "report_end",
        "上报死亡或停用",
        "由镇上另一位工作人员核实以后才生效。",
        stands("pending", "certified", "rejected", "appealed"),
    ),
    DeskStep(
        "reactivate_resident", "恢复账号", "误停用的，恢复到停用以前。", stands("deceased", "deactivated")
    ),
    DeskStep("revoke_sight", "撤销当面核验", "实名等级会随之降低。", lambda one: one["assurance"] == SEEN),
    DeskStep(
        "merge_residents",
        "把另一个账号并入这一个",
        "两个账号是同一个人的才合并；并入的账号不能再用，也不能恢复。",
        stands("pending", "certified"),
    ),
)
SEEN = 3


def desk(visit: PageVisit) -> dict:
    """Give the steps that fit, and the names of the places."""
    found = visit.parts["resident"]
    one = found.value if found else {}
    request = one.get("request") or {}
    return {
        **chosen(visit, STEPS, found),
        "places": places.names(visit, [one.get("region"), request.get("to")]),
    }


def decision(what: str, button: str, *fields: str, done: str, to: str = "", shown: bool = False) -> Action:
    """Declare one thing that is done to a resident."""
    return Action(f"POST {DESK}/{what}", button, fields, done=done, to=to, shown=shown)


PAGE = WebPage(
    "/work/residents/{resident_id}",
    "居民",
    OFFICIALS,
    reads={
        "resident": Read("GET /residents/{resident_id}"),
        "match": Read("GET /residents/{resident_id}/match", optional=True),
    },
    acts={
        "certify_resident": Action(
            f"POST {DESK}/certification",
            "已当面核对，予以认证",
            ("last_four",),
            done="已认证。请办下一位。",
            to=QUEUE,
            needed={"last_four": "请照证件填号码的后四位，系统会和登记的比对。"},
        ),
        "reject_resident": decision(
            "refusal", "不予通过", "reason", done="已记下不予通过的决定。请办下一位。", to=QUEUE
        ),
        "overturn_rejection": decision(
            "appeal/overturning", "申诉成立，予以认证", "reason", done="申诉已办理，居民已认证。"
        ),
        "uphold_rejection": decision("appeal/upholding", "维持不予通过", "reason", done="申诉已办理。"),
        "approve_correction": decision("correction/approval", "同意更正", done="已更正。"),
        "refuse_correction": decision("correction/refusal", "不同意更正", "reason", done="已答复居民。"),
        "release_resident": decision("move/release", "同意迁出", done="已同意迁出，等迁入的村接收。"),
        "refuse_departure": decision("move/refusal", "不同意迁出", "reason", done="已答复居民。"),
        "disclose_resident": decision(
            "disclosures",
            "查看",
            "purpose",
            "reason",
            done="刚才已经显示过一次。要再看，请再写一次事由。",
            shown=True,
        ),
        "see_resident": decision("sighting", "核验无误", "paper", "last_four", done="已记下当面核验。"),
        "ask_match_of_resident": decision(
            "match", "核对", "id_number", done="已提交核对，请稍后刷新看结果。"
        ),
        "report_end": decision("end-report", "上报", "kind", "reason", done="已上报，等镇上核实。"),
        "reactivate_resident": decision("reactivation", "恢复", "reason", done="账号已恢复。"),
        "revoke_sight": decision("sighting/revocation", "撤销", "reason", done="当面核验已撤销。"),
        "merge_residents": decision("merge", "合并", "ended_id", "reason", done="已合并。"),
    },
    prepare=desk,
)
