"""What affairs holds of a person: what a copy shows of it, and what an erasure does with it."""

from services.affairs.civic.account_closures.store import AccountClosureStore
from services.affairs.matters.applications.store import ApplicationStore
from services.civic.privacy import account_closure
from services.civic.privacy.personal_data_inventory import InventoryEntry

HELD = (
    InventoryEntry(
        ApplicationStore,
        "办事申请",
        "applicant_id",
        "submitted_at",
        {
            "id": "申请编号", "matter_name": "事项", "office": "办理机构", "state": "状态", "applicant_name": "申请人",
            "applicant_phone": "联系电话", "materials": "提交的材料", "submitted_at": "提交时间", "notice": "一次性告知",
            "accepted_at": "受理时间", "due_at": "办结期限", "outcome": "结果", "reason": "理由", "closed_at": "办结时间",
            "stars": "评价星级", "comment": "评价内容", "steps": "办理经过", "acted_by": "代办人编号", "region": "所在村区划代码",
        },
        "what was decided stays on file under the name that it was made for, everything else is emptied",
    ),
    account_closure.held(AccountClosureStore),
)  # fmt: skip

NOTHING_OF_A_PERSON = {
    "matters": "the catalogue",
    "people": "a copy of what identity tells: village and whether certified, which identity's own portion shows",
    "moves": "divisions",
    "followed": "adoptions that were followed",
    "portions": "the copies themselves",
}
