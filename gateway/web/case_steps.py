"""What can be decided about a case at the desk: a screen for each, offered where it fits."""

from gateway.web import papers
from gateway.web.desk import DeskStep

OPEN = ("submitted", "materials_missing", "supplemented", "accepted")


def stands(*states: str):
    """Fit in these states, where no colleague has it in hand."""
    return lambda one: one["state"] in states and not one["theirs"]


def notice_fits(one: dict) -> bool:
    """Tell whether something may be asked for: at the first look, and once more of what was supplied."""
    first = one["state"] == "submitted" and not one["notice"]
    again = one["state"] == "supplemented" and not one["first_notice"]
    return (first or again) and not one["theirs"]


def to_verify(one: dict) -> list[dict]:
    """Give the materials that a window verifies once, of which a file came for this case and that nobody has verified in it."""
    if one["state"] not in VERIFIED_IN:
        return []
    done = {each["material"] for each in one["verified"]}
    came = {each["material"] for each in one["files"] if each["state"] == "kept" and not each["reused"]}
    wanted = set(one["verifiable"]) & came - done
    return [each for each in papers.of(one) if each["name"] in wanted]


STEPS = (
    DeskStep(
        "notify_missing",
        "一次性告知补正材料",
        "只能告知一次，请把缺的材料全部勾上。超过 5 个工作日没有告知的，自收到之日起就算受理。",
        notice_fits,
    ),
    DeskStep(
        "verify_material",
        "登记核验过原件的材料",
        "对照原件看过、和交来的照片一致的，登记一次。本人同意的，有效期内再办别的事可以直接用，不用再交。",
        lambda one: bool(to_verify(one)) and not one["theirs"],
    ),
    DeskStep(
        "decline_application",
        "不予受理",
        "请写明理由；不归本单位管的，写明应当向哪个机关申请。申请人同时会看到怎样复议和起诉。",
        stands("submitted", "supplemented"),
    ),
    DeskStep(
        "decide_application",
        "作出决定",
        "不予批准的，必须写明理由。申请人同时会看到怎样复议和起诉。",
        stands("accepted"),
    ),
    DeskStep(
        "extend_application",
        "延长期限",
        "由单位负责人批准，只能延长一次；延长多少天、为什么，申请人会收到通知。",
        lambda one: bool(one["most_days_more"]) and (not one["joint"] or one["of_the_county"]),
    ),
    DeskStep(
        "suspend_application",
        "停止计时",
        "只有听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审的时间不计入（行政许可法第四十五条）；不是许可的事，照它自己的规定。要多长时间，申请人会收到通知。",
        lambda one: bool(one["grounds"]) and not one["theirs"],
    ),
    DeskStep(
        "issue_result",
        "出具结果文书",
        "文书带文号、二维码和本县的数字签名，申请人马上能下载。只有一份有效；有错的，先撤销再重新出具。",
        lambda one: one["outcome"] == "granted" and one["no_result"],
    ),
    DeskStep(
        "lapse_application",
        "逾期未补正，终止",
        "补正期限过了才能终止，申请人可以重新申请。",
        stands("materials_missing"),
    ),
    DeskStep(
        "hand_over_application",
        "交给同事",
        "对方会收到通知，从此由对方承办。",
        lambda one: one["state"] in OPEN and (one["head"] or not one["theirs"]),
    ),
    DeskStep(
        "take_over_application",
        "接手",
        "这件申请由同事承办。接手以后由您承办，对方会收到通知。",
        lambda one: one["theirs"],
    ),
    DeskStep(
        "write_remark",
        "写一条内部备注",
        "只有单位里看得到，申请人看不到。写下的不能改；写错了再写一条，注明更正第几条。",
    ),
)
ENDED_WITH_THE_CASE = (
    *("notify_missing", "decline_application", "decide_application", "lapse_application"),
    *("extend_application", "suspend_application", "hand_over_application", "take_over_application"),
)
VERIFIED_IN = (*OPEN, "decided", "rated")
