"""A notice, and which event tells whom what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from services.identity.notices.notifications import of_ratings, of_reviews, sentences
from services.identity.notices.notifications.acts import both_are_notified_of_an_act

if TYPE_CHECKING:
    from services.identity.notices.notifications.ports import Holders

TEMPLATES: dict[str, tuple[tuple[str, str], ...]] = {
    "identity.resident.certified": (
        ("resident_id", "您的居民身份已通过村里认证，可以网上办事、卖农产品了。"),
    ),
    "identity.resident.rejected": (
        ("resident_id", "您的居民身份认证没有通过，请打开查看原因，可以更正后重新提交，也可以向镇上申诉。"),
    ),
    "identity.resident.number_claimed": (
        (
            "holder_id",
            "有人用您的证件号码再次申请注册。如果是您本人换了手机或忘了密码，请到村委会说明；如果不是，请向村委会反映。",
        ),
    ),
    "identity.resident.matched": (("resident_id", "您的身份已与户籍登记核对一致，实名等级已提高。"),),
    "identity.resident.escalated": (("resident_id", "村里超过期限没有办理您的认证，已转由镇上办理。"),),
    "identity.resident.phone_lost": (("resident_id", sentences.PHONE_LOST),),
    "identity.disclosure.made": (
        (
            "resident_id",
            "工作人员看过您完整的姓名、电话或证件号码，谁看的、为什么看，可在查看记录中查到；如有疑问请向县里反映。",
        ),
    ),
    "identity.resident.reactivated": (("resident_id", "您的账号已恢复使用，此前的停用有误，请放心使用。"),),
    "identity.resident.password_changed": (("resident_id", sentences.CHANGED_PASSWORD),),
    "identity.resident.phone_changed": (("resident_id", sentences.CHANGED_PHONE),),
    "identity.resident.merged": (("into", "经县里核实，您的另一个账号已并入本账号，以往记录可在此查看。"),),
    "identity.resident.corrected": (("resident_id", "您的个人信息已按申请更正。"),),
    "identity.resident.correction_refused": (("resident_id", "您的更正申请没有通过，请打开查看理由。"),),
    "identity.resident.released": (("resident_id", "原村已同意您迁出，正等待迁入村接收。"),),
    "identity.resident.moved": (("resident_id", "迁入村已接收您，今后在新的村办事。"),),
    "identity.resident.placed": (
        ("resident_id", "您所在的村拆分了，县里已确认您今后所属的村，请打开查看。"),
    ),
    "identity.resident.sight_revoked": (
        (
            "resident_id",
            "经县里核查，您的当面核验已撤销，实名等级相应降低；如有疑问，请带证件到村委会重新核验。",
        ),
    ),
    "identity.resident.move_refused": (("resident_id", "您的迁移申请没有通过，请打开查看理由。"),),
    "identity.resident.rejection_upheld": (
        ("resident_id", "镇上维持了认证不通过的决定，请打开查看理由，可以更正资料后重新提交。"),
    ),
    "identity.wechat_binding.bound": (("resident_id", sentences.BOUND_WECHAT),),
    "identity.wechat_binding.ended": (
        ("resident_id", "您的账号已解除微信绑定，不能再用微信登录；请用手机号登录。"),
    ),
    "identity.erasure.asked": (("resident_id", "您已申请注销账号，到期前可以取消。"),),
    "identity.erasure.hindered": (
        ("resident_id", "您的账号没有注销，因为还有未办完的事项，请办完后重新申请。"),
    ),
    "identity.export.asked": (
        (
            "resident_id",
            "有人用您的账号申请了您的个人信息副本；如果不是您本人，请立即退出所有设备并修改密码。",
        ),
    ),
    "identity.export.ready": (
        ("resident_id", "您申请的个人信息副本已备齐，请重新登录后下载，过期自动删除。"),
    ),
    "affairs.application.materials_missing": (
        ("applicant_id", "您的申请缺少材料，请打开查看清单，一次补齐即可。"),
    ),
    "affairs.application.accepted": (
        ("applicant_id", "您的申请已受理，打开可查看办结期限，以及给家人查进度的进度码。"),
    ),
    "affairs.application.declined": (("applicant_id", "您的申请不予受理，请打开查看理由。"),),
    "affairs.application.decided": (("applicant_id", "您的申请已办结，请打开查看结果，并给我们评价。"),),
    "affairs.application.lapsed": (("applicant_id", "您的申请因逾期未补齐材料已终止，可以重新申请。"),),
    "affairs.application.extended": (("applicant_id", sentences.EXTENDED),),
    "affairs.application.suspended": (("applicant_id", sentences.SUSPENDED),),
    "affairs.application.resumed": (("applicant_id", "您的申请恢复计时，打开可查看新的办结期限。"),),
    "affairs.application.due_moved": (("applicant_id", sentences.DUE_MOVED),),
    "affairs.application.file_infected": (("applicant_id", sentences.INFECTED_FILE),),
    "affairs.application.original_opened": (("applicant_id", sentences.OPENED_ORIGINAL),),
    "affairs.result.issued": (("applicant_id", sentences.ISSUED_RESULT),),
    "affairs.result.handed_over": (("applicant_id", "您的结果文书已经交付或寄出，打开可以查看。"),),
    "affairs.result.revoked": (("applicant_id", sentences.REVOKED_RESULT),),
    "affairs.application.claimed": (("previous_id", "您承办的一件申请已由同事接手，您不用再办。"),),
    "affairs.application.handed": (
        ("official_id", "一件申请已转给您承办，请打开查看交接说明。"),
        ("previous_id", "您承办的一件申请已转给同事，您不用再办。"),
    ),
    **of_ratings.TO_PEOPLE,
    **of_reviews.TO_PEOPLE,
    "market.listing.endorsed": (("seller_id", "您的农产品村里已核实，现已上架。"),),
    "market.listing.declined": (("seller_id", "村里没有同意您的农产品上架，请打开查看理由。"),),
    "market.listing.photo_infected": (("seller_id", sentences.INFECTED_PHOTO),),
    "market.order.paid": (
        ("seller_id", "您有一笔订单已付款，请尽快发货。"),
        ("buyer_id", "您的订单已付款，等待卖家发货。"),
    ),
    "market.order.shipped": (("buyer_id", "您的订单已发货或可以自提，收到后请确认收货。"),),
    "market.order.shipment_corrected": (("buyer_id", "卖家更正了您的订单的运单，请打开查看。"),),
    "market.order.called_off": (
        ("seller_id", "买家在发货前取消了一笔已付款的订单，请不要发货，货款将退回买家。"),
    ),
    "market.order.received": (("seller_id", "买家已确认收货。"),),
    "market.order.refund_due": (("buyer_id", "您的一笔订单有款项将原路退回，请打开订单查看原因。"),),
    "market.payment.refunded": (("buyer_id", "您的一笔订单的退款已原路退回，请查收。"),),
    "market.payment.partially_refunded": (("buyer_id", "您的一笔订单的部分退款已原路退回，请查收。"),),
    "market.payment.refund_overdue": (
        ("buyer_id", "您的一笔退款超过一天没有退回，已提醒县里与支付机构核对，不用重新申请。"),
    ),
    "market.claim.asked": (
        ("seller_id", "买家对一笔订单申请了退款，请在期限内答复；逾期没有答复的，由县里处理。"),
    ),
    "market.claim.agreed": (
        (
            "buyer_id",
            "卖家同意了您的退款申请：不用退货的，货款将原路退回；要退货的，请在期限内寄回并填写运单。",
        ),
    ),
    "market.claim.refused": (
        ("buyer_id", "卖家没有同意您的退款申请，请打开查看理由；不接受的，可以在期限内申请县里处理。"),
    ),
    "market.claim.disputed": (
        ("buyer_id", "您的退款已交县里处理，期限内会有处理意见。"),
        ("seller_id", "一件退款已交县里处理，期限内会有处理意见。"),
    ),
    "market.claim.decided": (
        ("buyer_id", "县里已对您的退款作出处理，请打开查看意见；需要退货的，请在期限内寄回。"),
        ("seller_id", "县里已对一件退款作出处理，请打开查看意见。"),
    ),
    "market.claim.sent_back": (
        ("seller_id", "买家已退回商品，收到后请在期限内确认；逾期没有确认的，货款将退回买家。"),
    ),
    "market.claim.returned": (
        ("buyer_id", "您退回的商品已确认收到或视为收到，货款将原路退回。"),
        ("seller_id", "一笔退货已确认收到或逾期视为收到，货款将退回买家。"),
    ),
    "market.claim.withdrawn": (("seller_id", "买家撤回了一件退款申请。"),),
    "market.claim.lapsed": (
        ("buyer_id", "您的退款因期限内没有进一步办理已经结束，请打开查看。"),
        ("seller_id", "一件退款因买家期限内没有进一步办理已经结束。"),
    ),
    "market.claim.overdue": (
        ("buyer_id", "您的退款处理超过了期限，已提醒县里尽快处理。"),
        ("seller_id", "一件退款的处理超过了期限，已提醒县里尽快处理。"),
    ),
    "market.claim.refunded": (("seller_id", "一件退款已退回买家，已经办结。"),),
    "market.conversation.message_left": (("recipient_id", "一笔订单的对方给您留言了，请打开订单查看。"),),
    "market.order.expired": (("buyer_id", "您的订单超时未付款，已自动取消。"),),
    "market.order.cancelled": (("buyer_id", "您的订单已取消。"), ("seller_id", "一笔订单已取消。")),
    "identity.department.granted": (
        ("department_id", "贵单位的订阅申请已获批准，县里核实贵单位后生效，请打开查看范围、期限和确认码。"),
    ),
    "identity.department.refused": (("department_id", "贵单位的订阅申请未获批准，请打开查看理由。"),),
    "identity.department.connected": (("department_id", "贵单位的订阅已接通，可以开始接收事件。"),),
    "identity.department.changed": (("department_id", "贵单位的订阅已变更，请打开核对范围和期限。"),),
    "identity.department.change_refused": (
        ("department_id", "贵单位的变更或续期申请未获批准，原有订阅不变，请打开查看理由。"),
    ),
    "identity.department.end_announced": (
        ("department_id", "贵单位的订阅将在三十天内到期，如仍需要请尽早申请续期，到期后不再提供事件。"),
    ),
    "identity.department.revoked": (("department_id", "贵单位的订阅已终止，请打开查看原因。"),),
    "identity.department.expired": (("department_id", "贵单位的订阅已到期，如仍需要请重新申请。"),),
    "identity.department.key_rotated": (
        ("department_id", "贵单位的登录密钥已更换；如果不是贵单位所为，请立即联系县数据专员。"),
    ),
    "identity.webhook.rested": (
        (
            "department_id",
            "贵单位的 webhook 接口连续多次无法送达，请打开推送记录查看原因，修复后会自动恢复。",
        ),
    ),
    "identity.webhook.disabled": (
        ("department_id", "贵单位的 webhook 推送已自动停止，请修复接口并恢复推送，未送达的事件会继续送达。"),
    ),
    "identity.mandate.offered": (
        ("helper_id", "有一位居民请您做代办人，请打开核对范围和期限后接受或谢绝。"),
        ("ward_id", "已向您的代办人发出委托，对方接受后生效；如非您的意思，请立即终止。"),
    ),
    "identity.mandate.accepted": (
        ("ward_id", "您的代办人已接受委托，代办的每件事都会告诉您，您可以随时终止。"),
        ("helper_id", "您已接受委托，请只在委托范围内代办，每件事都会记录并告诉委托人。"),
    ),
    "identity.mandate.refused": (("ward_id", "对方没有接受您的委托，您可以另请他人。"),),
    "identity.mandate.ended": (
        ("ward_id", "您的一项委托已终止，代办人不能再代您办事。"),
        ("helper_id", "您的一项代办委托已终止，请不要再代办。"),
    ),
    "identity.mandate.expired": (
        ("ward_id", "您的一项委托已到期，如仍需要请重新委托。"),
        ("helper_id", "您的一项代办委托已到期，不能再代办。"),
    ),
}
"""For each event: the fields of its data that name a recipient, and what that person is told."""

OFFICES: dict[str, tuple[tuple[str, str], ...]] = {
    "identity.resident.escalated": (
        ("town_administrator", "一位居民的认证在村里超过期限没有办理，请在镇上的名单中办理。"),
    ),
    "identity.resident.phone_lost": (("village_administrator", sentences.A_RESIDENT_LOST_THE_PHONE),),
    "identity.resident.correction_asked": (
        ("village_administrator", "一位居民申请更正个人信息，请在申请名单中办理；证件号码由镇上办理。"),
        ("town_administrator", "一位居民申请更正个人信息；证件号码由镇上办理，请查看申请名单。"),
    ),
    "identity.resident.end_reported": (
        ("town_administrator", "村里上报一位居民去世或账号需要停用，请在上报名单中核实。"),
    ),
    "identity.resident.move_asked": (
        ("village_administrator", "一位居民申请迁往别村，请在申请名单中办理。"),
    ),
    "identity.resident.released": (
        ("village_administrator", "一位居民申请迁入本村，原村已经同意，请在迁入名单中办理。"),
    ),
    "identity.resident.appealed": (
        ("town_administrator", "一位居民对认证不通过的决定提出申诉，请及时处理。"),
    ),
    **of_ratings.TO_OFFICES,
    **of_reviews.TO_OFFICES,
    "affairs.application.escalated_to_head": (("town_administrator", sentences.LATE_IN_THE_OFFICE),),
    "affairs.application.escalated_to_county": (("county_administrator", sentences.LATE_BY_THE_LAW),),
    "market.claim.disputed": (("clerk", "一件集市退款有争议，买卖双方没有谈妥，请在退款争议名单中处理。"),),
    "market.claim.overdue": (
        ("clerk", "一件集市退款争议超过了处理期限，请尽快处理。"),
        ("county_administrator", "一件集市退款争议超过了处理期限，请督促县级办事人员处理。"),
    ),
    "market.payment.refund_overdue": (
        ("clerk", "一笔集市退款超过一天没有退回买家，请按付款编号与支付机构核对。"),
        ("county_administrator", "一笔集市退款超过一天没有退回买家，请督促与支付机构核对。"),
    ),
    "identity.webhook.disabled": (
        (
            "data_officer",
            "一个部门的 webhook 接口连续两天无法送达或已答复停用，推送已自动停止，请联系该部门修复接口并恢复推送。",
        ),
    ),
    "identity.department.applied": (
        ("data_officer", "一个部门申请订阅事件，请打开审查用途、依据和范围，并用通讯录上的电话核实该单位。"),
    ),
    "identity.department.change_asked": (("data_officer", "一个部门申请变更或续期订阅，请打开审查。"),),
    "identity.department.webhook_moved": (
        ("data_officer", "一个部门更换了 webhook 推送网址，请向该部门核实是否为其本人操作。"),
    ),
}
"""For each event: the roles whose holders are told, where it happened or in the place that `ELSEWHERE` names."""

URGENT = ("identity.resident.end_reported", "identity.department.webhook_moved")
"""Events of which whoever is on duty is told also while the office rests: somebody may lose an account, or data go astray."""

ELSEWHERE = {
    "identity.resident.released": "to", "market.claim.disputed": "county", "market.claim.overdue": "county",
    "market.payment.refund_overdue": "county",
}  # fmt: skip
"""For each event that concerns the offices of another place: the field of its data that names it."""


@dataclass
class Notice:
    """One sentence to one person about one event; `title` names the matter or the goods, "" where the event does not."""

    id: str
    region: str
    person: str
    about: str
    subject: str
    text: str
    created_at: datetime
    read_at: datetime | None = None
    title: str = ""
    version: int = 0

    def read(self, now: datetime) -> None:
        """Mark it as read; the first time counts."""
        self.read_at = self.read_at or now


def everybody_concerned_is_notified(name: str, data: dict) -> list[tuple[str, str]]:
    """(person, sentence) for everybody that the event concerns; of what was done for another person, both hear so."""
    told = dict(both_are_notified_of_an_act(name, data))
    plain = [(data[field], text) for field, text in TEMPLATES.get(name, ()) if data.get(field)]
    return [*told.items(), *((person, text) for person, text in plain if person not in told)]


def every_office_concerned_is_notified(
    name: str, data: dict, region: str, holders: Holders
) -> list[tuple[str, str]]:
    """(person, sentence) for every holder of a role that the event concerns; `holders(role, region)` gives their ids."""
    place = data.get(ELSEWHERE[name], region) if name in ELSEWHERE else region
    return [(person, text) for role, text in OFFICES.get(name, ()) for person in holders(role, place)]
