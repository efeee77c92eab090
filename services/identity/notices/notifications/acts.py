"""What ward and helper are told of what was done under a mandate."""

ACTS: dict[str, tuple[str, str]] = {
    "affairs.application.submitted": ("applicant_id", "提交了一件申请"),
    "affairs.application.supplemented": ("applicant_id", "补交了申请材料"),
    "affairs.application.withdrawn": ("applicant_id", "撤回了一件申请"),
    "affairs.application.file_added": ("applicant_id", "交了一张材料照片"),
    "affairs.application.file_removed": ("applicant_id", "删去了一张材料照片"),
    "affairs.application.paper_reused": ("applicant_id", "用了一份以前核验过的证明材料"),
    "affairs.result.delivery_chosen": ("applicant_id", "选择了一份结果文书的领取方式"),
    "affairs.review.asked": ("applicant_id", "对一个办事决定申请了复核"),
    "affairs.review.raised": ("applicant_id", "申请县里复核一个办事决定"),
    "affairs.review.withdrawn": ("applicant_id", "撤回了一件复核申请"),
    "market.order.requested": ("buyer_id", "下了一笔订单"),
    "market.order.cancelled": ("buyer_id", "取消了一笔订单"),
    "market.order.received": ("buyer_id", "确认收到了一笔订单的货"),
    "market.order.called_off": ("buyer_id", "取消了一笔已付款的订单"),
    "market.payment.requested": ("buyer_id", "发起了一笔订单的付款"),
    "market.claim.asked": ("buyer_id", "对一笔订单申请了退款"),
    "market.claim.disputed": ("buyer_id", "申请县里处理一件退款"),
    "market.claim.sent_back": ("buyer_id", "寄回了一件退款的商品"),
    "market.claim.withdrawn": ("buyer_id", "撤回了一件退款申请"),
}
"""For each event of something that can be done under a mandate: the field that names the ward, and what was done."""


def both_are_notified_of_an_act(name: str, data: dict) -> list[tuple[str, str]]:
    """What ward and helper are told of an act under a mandate; nobody where everybody acted for themselves."""
    if name not in ACTS or not data.get("acted_by"):
        return []
    ward, did = ACTS[name]
    return [
        (data[ward], f"您的代办人代您{did}，请打开核对；如非您的意思，可以立即终止委托。"),
        (data["acted_by"], f"您代委托人{did}，已记入代办记录。"),
    ]
