"""What integrity holds of a person: the reports under the own name, and of these no more than whoever holds a receipt is shown.

An anonymous report can be tied to nobody, and nothing here ties it. What was reported, about whom, and what was written is not
in the copy, lest a copy that is found tell it: a law keeps it confidential (个人信息保护法 art. 18, 45; 监察法实施条例 on secrecy of
reports), and the receipt opens it.
"""

from services.civic.privacy.personal_data_inventory import InventoryEntry
from services.integrity.reports.cases.store import ReportStore, reporter_hash

HELD = (
    InventoryEntry(
        ReportStore,
        "实名举报（内容依法保密，不列入副本，请凭查询码查看）",
        "reporter_hash",
        "received_at",
        {"category_name": "类别", "state": "状态", "received_at": "收到时间", "decided_at": "是否受理的决定时间", "rating": "评价星级"},
        "stays: an id in a sealed file",
        named=reporter_hash,
    ),
)  # fmt: skip

NOTHING_OF_A_PERSON = {
    "categories": "the taxonomy",
    "people": "a copy of what identity tells: village and whether certified, which identity's own portion shows",
    "places": "divisions",
    "editions": "editions of divisions",
    "moves": "divisions",
    "followed": "adoptions that were followed",
    "receipt_attempts": "counts wrong receipts of all together",
    "portions": "the copies themselves",
}
