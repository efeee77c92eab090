"""The operations of the desk of applications; their shapes stand in `desk_shapes.py`."""

from services.affairs.matters.applications.desk_shapes import (
    ApplicationHandling,
    HandOver,
    InboxCounts,
    InboxPage,
    OneOnTheDesk,
    ReadInbox,
    TakeOver,
    Workload,
    WriteRemark,
)
from services.affairs.matters.applications.hands import CLERK, HEADS
from services.civic.operation import Operation

DESK = (*CLERK, *HEADS)

read_inbox = Operation(ReadInbox, InboxPage, allow=CLERK)
count_inbox = Operation(None, InboxCounts, allow=CLERK)
find_handling = Operation(OneOnTheDesk, ApplicationHandling, allow=DESK, in_full=True)
claim_application = Operation(OneOnTheDesk, ApplicationHandling, allow=CLERK, writes=True)
release_application = Operation(OneOnTheDesk, ApplicationHandling, allow=DESK, writes=True)
hand_over_application = Operation(HandOver, ApplicationHandling, allow=DESK, writes=True)
take_over_application = Operation(TakeOver, ApplicationHandling, allow=CLERK, writes=True)
find_workload = Operation(None, Workload, allow=HEADS)
write_remark = Operation(WriteRemark, ApplicationHandling, allow=DESK, writes=True)
