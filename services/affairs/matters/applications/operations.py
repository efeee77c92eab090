"""The operations of the desk, whose shapes stand in `desk_shapes.py`, of the clock (`clock_shapes.py`), of files (`file_shapes.py`), of drafts (`draft_shapes.py`), and of following
without an account (`look_up_shapes.py`)."""

from services.affairs.matters.applications.clock_shapes import (
    ApplicationDays,
    ExtendApplication,
    FindDays,
    SuspendApplication,
)
from services.affairs.matters.applications.contract import (
    APPLICANT,
    OFFICIALS,
    RESIDENT,
    Application,
    ApplicationProgress,
)
from services.affairs.matters.applications.desk_shapes import (
    ApplicationHandling,
    CountInbox,
    HandOver,
    InboxCounts,
    InboxPage,
    ListOverdue,
    OneOnTheDesk,
    OverduePage,
    ReadInbox,
    TakeOver,
    Workload,
    WriteRemark,
)
from services.affairs.matters.applications.draft_shapes import (
    ApplicationDraftEnded,
    ApplicationDraftInFull,
    ApplicationDraftPage,
    ApplicationDraftRow,
    FindApplicationDraft,
    ListApplicationDrafts,
    SaveApplicationDraft,
)
from services.affairs.matters.applications.file_shapes import (
    AddApplicationFile,
    BeginApplicationFile,
    FindApplicationFile,
    OpenOriginal,
    OriginalsOpened,
    PutApplicationFilePiece,
    RemoveApplicationFile,
)
from services.affairs.matters.applications.hands import CLERK, HEADS
from services.affairs.matters.applications.look_up_shapes import (
    ApplicationFollowed,
    LookUpCode,
    LookUpCodeTold,
    LookUpProgress,
)
from services.affairs.matters.applications.verification_shapes import (
    FindOfferedPapers,
    OfferedPapers,
    ReusePaper,
    VerifyMaterial,
)
from services.chassis.core.actor import ANYONE
from services.civic.files.shapes import BegunFile, FileContent, TakenPiece
from services.civic.operation import Operation

DESK = (*CLERK, *HEADS)

read_inbox = Operation(ReadInbox, InboxPage, allow=CLERK)
count_inbox = Operation(CountInbox, InboxCounts, allow=CLERK)
find_handling = Operation(OneOnTheDesk, ApplicationHandling, allow=DESK, in_full=True)
claim_application = Operation(OneOnTheDesk, ApplicationHandling, allow=CLERK, writes=True)
release_application = Operation(OneOnTheDesk, ApplicationHandling, allow=DESK, writes=True)
hand_over_application = Operation(HandOver, ApplicationHandling, allow=DESK, writes=True)
take_over_application = Operation(TakeOver, ApplicationHandling, allow=CLERK, writes=True)
list_overdue = Operation(ListOverdue, OverduePage, allow=HEADS)
find_workload = Operation(None, Workload, allow=HEADS)
write_remark = Operation(WriteRemark, ApplicationHandling, allow=DESK, writes=True)

find_application_days = Operation(
    FindDays, ApplicationDays, allow=(*APPLICANT, *OFFICIALS), mandate="affairs", in_full=True
)
extend_application = Operation(ExtendApplication, ApplicationProgress, allow=HEADS, writes=True)
suspend_application = Operation(SuspendApplication, ApplicationProgress, allow=CLERK, writes=True)
resume_application = Operation(OneOnTheDesk, ApplicationProgress, allow=CLERK, writes=True)

begin_application_file = Operation(
    BeginApplicationFile, BegunFile, allow=APPLICANT, writes=True, assurance=0, mandate="affairs"
)
put_application_file_piece = Operation(
    PutApplicationFilePiece, TakenPiece, allow=APPLICANT, writes=True, assurance=0, mandate="affairs"
)
add_application_file = Operation(
    AddApplicationFile, Application, allow=APPLICANT, writes=True, assurance=0, mandate="affairs"
)
find_application_file = Operation(
    FindApplicationFile, FileContent, allow=(*APPLICANT, *CLERK), mandate="affairs", in_full=True
)
remove_application_file = Operation(
    RemoveApplicationFile, Application, allow=APPLICANT, writes=True, assurance=0, mandate="affairs"
)

verify_material = Operation(VerifyMaterial, Application, allow=CLERK, writes=True)
find_offered_papers = Operation(FindOfferedPapers, OfferedPapers, allow=RESIDENT, mandate="affairs")
reuse_paper = Operation(ReusePaper, Application, allow=RESIDENT, writes=True, assurance=0, mandate="affairs")
open_original = Operation(OpenOriginal, OriginalsOpened, allow=CLERK, writes=True)

save_application_draft = Operation(
    SaveApplicationDraft, ApplicationDraftRow, allow=RESIDENT, writes=True, assurance=1, mandate="affairs"
)
find_application_draft = Operation(
    FindApplicationDraft, ApplicationDraftInFull, allow=RESIDENT, mandate="affairs", in_full=True
)
list_application_drafts = Operation(
    ListApplicationDrafts, ApplicationDraftPage, allow=RESIDENT, mandate="affairs"
)
discard_application_draft = Operation(
    FindApplicationDraft, ApplicationDraftEnded, allow=RESIDENT, writes=True, assurance=0, mandate="affairs"
)

look_up_progress = Operation(LookUpProgress, ApplicationFollowed, allow=(ANYONE,), caller=True)
find_look_up_code = Operation(LookUpCode, LookUpCodeTold, allow=(*APPLICANT, *CLERK), mandate="affairs")
# the code is the applicant's own: no helper ends it
renew_look_up_code = Operation(
    LookUpCode, LookUpCodeTold, allow=APPLICANT, writes=True, assurance=0, remember=False
)
