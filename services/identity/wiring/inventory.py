"""What identity holds of a person: what a copy shows of it, and what an erasure does with it. Other people stay masked."""

from services.civic.privacy.personal_data_inventory import InventoryEntry
from services.identity.access.guest_access.store import VisitorStore
from services.identity.access.sessions.store import SessionStore
from services.identity.notices.messages.store import MessageStore
from services.identity.notices.notifications.store import NoticeStore
from services.identity.notices.preferences.store import PreferenceStore
from services.identity.people.households.store import HouseholdStore
from services.identity.people.mandates.store import ActStore, MandateStore, Papers
from services.identity.people.matches.store import MatchStore
from services.identity.people.party.store import PartyMemberStore
from services.identity.people.persons import KnownPersons
from services.identity.people.residents.store import ResidentStore
from services.identity.privacy.consents.store import ConsentStore
from services.identity.privacy.erasures.store import ErasureStore
from services.identity.privacy.exports.store import ExportStore
from services.identity.privacy.unmaskings.store import UnmaskingStore
from services.identity.subscribers.feed.store import DepartmentDisclosures


def of_resident(resident, people: list[str], database) -> dict:
    """Give what was written with what it belongs to; a report that nobody has confirmed is not the person's to read yet."""
    words = {name: text for name, text in resident.words.items() if name != "report"}
    told = {
        "appeal": resident.appeal_with_words,
        "request": resident.request_with_words,
        "answer": resident.answer_with_words,
    }
    return {**told, "words": words}


def of_household(household, people: list[str], database) -> dict:
    """Give the own place in a household, and of the others the relation and the form of the name."""
    own = next(one for one in household.members if one.resident_id in people)
    names = {one.id: one.name for one in KnownPersons(database).find(household.member_ids)}
    others = [one for one in household.members if one.resident_id not in people]
    told = ("relation", "since", "away", "left_behind", "disability_grade")
    return {
        **{name: getattr(own, name) for name in told},
        "others": [{"name": names.get(one.resident_id), "relation": one.relation} for one in others],
        "asks": [vars(one) for one in household.asks if household.head_id in people],
    }


def of_mandate(mandate, people: list[str], database) -> dict:
    """Give the form of the other one's name."""
    other = mandate.helper_id if mandate.ward_id in people else mandate.ward_id
    paper = Papers(database).documents.find_one({"_id": mandate.id}, {"kept_at": 1})
    return {
        "own_part": "委托人" if mandate.ward_id in people else "代办人",
        "other": next((one.name for one in KnownPersons(database).find([other])), None),
        "paper": paper and paper["kept_at"],
        "acts": [
            {"act": one["act"], "at": one["at"], "subject": one["subject"]}
            for one in ActStore(database).documents.find({"mandate_id": mandate.id}).sort([("at", -1), ("_id", -1)]).limit(100)
        ],
    }  # fmt: skip


MANDATE = {
    "id": "委托编号", "own_part": "本人身份", "other": "对方", "kind": "种类", "matters": "事项范围", "orders": "是否含买卖",
    "votes": "是否含表决", "state": "状态", "offered_at": "提出时间", "answered_at": "答复时间", "expires_at": "到期时间",
    "ended_at": "终止时间", "reason": "终止原因", "origin": "办理方式", "paper": "纸质委托书存入时间", "acts": "代办记录（最近100条）",
}  # fmt: skip

HELD = (
    InventoryEntry(
        ResidentStore,
        "账号资料",
        "_id",
        None,
        {
            "id": "账号编号", "name": "姓名", "phone": "手机号", "paper": "证件种类", "masked_id_number": "证件号码（平台只存掩码和密钥散列）",
            "region": "所在村区划代码", "edition": "区划版本", "formerly": "以前的区划代码", "state": "状态", "assurance": "实名等级",
            "registered_at": "注册时间", "notice_version": "注册时的告知书版本", "decided_at": "认证办理时间", "reason": "未通过的理由",
            "appeal": "申诉", "request": "正在办理的申请", "wanted": "申请更正为", "answer": "上次申请的结果", "matched": "户籍核对",
            "seen": "当面核验", "sight_revoked": "被撤销的当面核验", "ended": "停用情况", "revived": "恢复情况", "words": "各项理由", "merged_into": "并入的账号",
        },
        "a tombstone",
        of_resident,
    ),
    InventoryEntry(
        SessionStore,
        "登录过的设备",
        "person",
        None,
        {"device_name": "设备", "started_at": "登录时间", "refreshed_at": "最近使用", "ended_at": "退出时间", "state": "状态"},
        "device names erased, gone 31 days later",
    ),
    InventoryEntry(
        ConsentStore,
        "同意与撤回",
        "person",
        "decided_at",
        {"purpose": "用途", "purpose_version": "告知书版本", "state": "决定", "decided_at": "时间"},
        "stays: ids only",
    ),
    InventoryEntry(
        UnmaskingStore,
        "查看和取得您信息的记录",
        "resident_id",
        "made_at",
        {"made_at": "时间", "role": "身份", "purpose": "用途", "reason": "事由", "official_id": "查看人编号"},
        "stays: ids only",
    ),
    InventoryEntry(
        DepartmentDisclosures,
        "向部门提供的信息",
        "person",
        None,
        {"at": "时间", "department": "部门编号", "event": "随哪一事件", "fields": "提供了什么"},
        "stays: ids only",
    ),
    InventoryEntry(
        HouseholdStore,
        "家庭户",
        "member_ids",
        None,
        {
            "id": "户编号", "region": "所在村区划代码", "relation": "与户主关系", "since": "登记时间", "away": "外出",
            "left_behind": "留守", "disability_grade": "残疾等级", "others": "户内其他人", "asks": "作为户主提出的申请",
        },
        "leaves the household",
        of_household,
        {"state": "active"},
    ),
    InventoryEntry(MandateStore, "委托他人代办", "ward_id", "offered_at", MANDATE, "ends, reason erased", of_mandate),
    InventoryEntry(MandateStore, "受托代办", "helper_id", "offered_at", MANDATE, "ends, reason erased", of_mandate),
    InventoryEntry(
        PartyMemberStore,
        "党员信息",
        "_id",
        None,
        {
            "unit_id": "党支部编号", "active": "是否在册", "entered_at": "登记时间", "floating_to": "流动去向",
            "floating_since": "流动时间", "last_contact_at": "最近联系时间", "last_contact_way": "联系方式",
        },
        "leaves the unit, places and contacts forgotten",
    ),
    InventoryEntry(
        MatchStore,
        "户籍核对",
        "_id",
        None,
        {"state": "状态", "asked_at": "申请时间", "source": "核对来源", "settled_at": "完成时间"},
        "stays: ids and times",
    ),
    InventoryEntry(
        MessageStore,
        "短信记录（平台不存短信内容和号码）",
        "person",
        None,
        {"kind": "种类", "template": "模板", "created_at": "时间", "state": "状态"},
        "forgotten",
    ),
    InventoryEntry(
        NoticeStore,
        "通知",
        "person",
        "created_at",
        {"text": "内容", "created_at": "时间", "read_at": "阅读时间"},
        "forgotten",
    ),
    InventoryEntry(
        VisitorStore,
        "一次性办事的登记",
        "resident_id",
        None,
        {
            "name": "姓名", "phone": "手机号", "masked_id_number": "身份证号（平台只存掩码和密钥散列）", "region": "所填村区划代码",
            "first_at": "首次时间", "last_at": "最近时间",
        },
        "forgotten",
        named=lambda database, person: person,
    ),
    InventoryEntry(PreferenceStore, "通知方式", "_id", None, {"choices": "选择"}, "forgotten"),
    InventoryEntry(
        ErasureStore,
        "注销申请",
        "resident_id",
        "asked_at",
        {"id": "编号", "asked_at": "申请时间", "due_at": "可取消至", "state": "状态", "ended_at": "结束时间"},
        "stays: ids only",
    ),
    InventoryEntry(
        ExportStore,
        "副本申请",
        "resident_id",
        "asked_at",
        {"id": "编号", "asked_at": "申请时间", "expires_at": "删除时间", "state": "状态"},
        "forgotten",
    ),
)  # fmt: skip

NOTHING_OF_A_PERSON = {
    "adoptions": "editions of divisions",
    "codes": "a keyed id that an hour later is gone",
    "code_requests": "counters under keyed hashes that an hour later are gone",
    "counties": "divisions",
    "coverage": "the board, counts only",
    "coverage_people": "a copy of village and whether certified, which the residents' section shows",
    "coverage_days": "counts",
    "invitations": "who shall become an official, forgotten once it is over",
    "leaves": "officials, in office",
    "rotas": "officials, in office",
    "recorded_people": "people without an account; of somebody who has one no more than an id is left",
    "departments": "bodies, and contacts who are no residents",
    "waiting": "a copy of what waits where: ids and states that other sections show",
    "digests": "officials' mornings",
    "feed": "the archive of events, ids and states that other sections show",
    "cursors": "how far departments have read",
    "unsent": "positions of events",
    "mandate_papers": "photos of papers, of ward and helper together: the mandates' section says since when there is one, and "
    "`GET /mandates/{mandate_id}/paper` shows it",
    "acts": "in the mandates' sections",
    "sms_nonces": "words of providers",
    "party_units": "units",
    "regions": "divisions",
    "register_imports": "the county's files",
    "registers": "which file is used",
    "register_entries": "keyed hashes of whole populations, which nobody can be found by without the number",
    "register_refusals": "lines with masked numbers that could not be read, gone with their import",
    "officials": "officials, in office",
    "sign_in_attempts": "counters under keyed hashes",
    "successions": "divisions",
    "webhooks": "departments' endpoints",
    "webhook_cursors": "how far endpoints were told",
    "failed_deliveries": "events that did not arrive: ids",
    "portions": "the copies themselves",
}
