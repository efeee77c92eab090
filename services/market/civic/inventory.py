"""What market holds of a person: what a copy shows of it, and what an erasure does with it. The other party stays masked."""

from services.civic.masking import mask_name, mask_phone
from services.civic.privacy import account_closure
from services.civic.privacy.personal_data_inventory import InventoryEntry
from services.market.civic.account_closures.store import AccountClosureStore
from services.market.paying.payments.store import PaymentStore
from services.market.selling.listings.store import ListingStore
from services.market.selling.orders.store import OrderStore

ORDER = {
    "id": "订单编号", "title": "商品", "quantity": "数量", "unit": "单位", "amount_fen": "金额（分）", "state": "状态",
    "created_at": "下单时间", "paid_at": "付款时间", "carrier": "承运人", "tracking": "运单号", "shipped_at": "发货时间",
    "received_at": "收货时间", "ended_at": "结束时间", "reason": "原因", "recipient": "收货人", "buyer_id": "买家编号",
    "seller_id": "卖家编号", "acted_by": "代办人编号",
}  # fmt: skip


def sold(order, people: list[str], database) -> dict:
    """Give of a sale no more of the buyer than the form of the name: where it was sent is the buyer's."""
    recipient = order.recipient
    masked = recipient and {"name": mask_name(recipient["name"]), "phone": mask_phone(recipient["phone"])}
    return {"recipient": masked, "tracking": None}


HELD = (
    InventoryEntry(
        ListingStore,
        "出售的农产品",
        "seller_id",
        "offered_at",
        {
            "id": "商品编号", "title": "名称", "description": "说明", "unit": "单位", "price_fen": "单价（分）", "stock": "库存",
            "sold": "已售", "state": "状态", "offered_at": "提交时间", "decided_at": "村里办理时间", "reason": "理由",
            "region": "所在村区划代码",
        },
        "taken off sale, words erased",
    ),
    InventoryEntry(OrderStore, "买入的订单", "buyer_id", "created_at", ORDER, "recipient and tracking erased; the trade stays"),
    InventoryEntry(OrderStore, "卖出的订单", "seller_id", "created_at", ORDER, "reasons erased; the trade stays", sold),
    InventoryEntry(
        PaymentStore,
        "付款",
        "buyer_id",
        "requested_at",
        {
            "id": "付款编号", "order_id": "订单编号", "amount_fen": "金额（分）", "state": "状态",
            "requested_at": "发起时间", "settled_at": "完成时间", "refunded_at": "退款时间",
        },
        "stays: ids, amounts and times",
    ),
    account_closure.held(AccountClosureStore),
)  # fmt: skip

NOTHING_OF_A_PERSON = {
    "moves": "divisions",
    "followed": "adoptions that were followed",
    "people": "a copy of what identity tells: village and whether certified, which identity's own portion shows",
    "portions": "the copies themselves",
}
