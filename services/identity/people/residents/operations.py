"""The operations of residents, by the names under which they are called; their shapes stand in `contract.py`."""

from services.chassis.core.actor import ANYONE
from services.civic.operation import Operation
from services.identity.people.residents.account_facts import AccountFacts, AskFacts
from services.identity.people.residents.contract import (
    AppealRejection,
    AskCorrection,
    AskMove,
    CertifyResident,
    Decide,
    DecideAppeal,
    DoublePage,
    FindResident,
    ListArrivals,
    ListDoubles,
    ListEndReports,
    ListRequests,
    ListResidents,
    Merge,
    ProveResidentPhone,
    Reactivate,
    Refuse,
    RegisterResident,
    RejectResident,
    Reported,
    ReportedPage,
    ReportEnd,
    RequestPage,
    Resident,
    ResidentPage,
    RevokeSight,
    SeeResident,
    TryAgain,
)
from services.identity.people.residents.fitting_facts import AskFittingFacts, FittingFacts
from services.identity.people.residents.numbered import AskWhoseNumber, NumberedPerson

OFFICIALS = ("village_administrator", "town_administrator", "county_administrator")
CERTIFIERS = ("village_administrator", "town_administrator")
APPEAL_DECIDERS = ("town_administrator", "county_administrator")
WINDOW = ("clerk", "village_administrator")
COUNTY = ("county_administrator",)

register_resident = Operation(RegisterResident, Resident, allow=(ANYONE,), writes=True, caller=True)
prove_resident_phone = Operation(ProveResidentPhone, Resident, allow=("resident",), writes=True, assurance=0)
certify_resident = Operation(CertifyResident, Resident, allow=CERTIFIERS, writes=True)
reject_resident = Operation(RejectResident, Resident, allow=CERTIFIERS, writes=True)
appeal_rejection = Operation(AppealRejection, Resident, allow=("resident",), writes=True, assurance=0)
uphold_rejection = Operation(DecideAppeal, Resident, allow=APPEAL_DECIDERS, writes=True)
overturn_rejection = Operation(DecideAppeal, Resident, allow=APPEAL_DECIDERS, writes=True)
try_certification_again = Operation(TryAgain, Resident, allow=("resident",), writes=True, assurance=0)
ask_correction = Operation(AskCorrection, Resident, allow=("resident",), writes=True, assurance=0)
approve_correction = Operation(Decide, Resident, allow=CERTIFIERS, writes=True)
refuse_correction = Operation(Refuse, Resident, allow=CERTIFIERS, writes=True)
withdraw_correction = Operation(Decide, Resident, allow=("resident",), writes=True, assurance=0)
ask_move = Operation(AskMove, Resident, allow=("resident",), writes=True, assurance=0)
release_resident = Operation(Decide, Resident, allow=CERTIFIERS, writes=True)
accept_move = Operation(Decide, Resident, allow=CERTIFIERS, writes=True)
refuse_move = Operation(Refuse, Resident, allow=CERTIFIERS, writes=True)
cancel_move = Operation(Decide, Resident, allow=("resident",), writes=True, assurance=0)
list_resident_requests = Operation(ListRequests, RequestPage, allow=OFFICIALS, in_full=True)
list_arrivals = Operation(ListArrivals, RequestPage, allow=OFFICIALS, in_full=True)
report_end = Operation(ReportEnd, Reported, allow=CERTIFIERS, writes=True)
confirm_end = Operation(Decide, Reported, allow=("town_administrator",), writes=True)
dismiss_end = Operation(Decide, Reported, allow=CERTIFIERS, writes=True)
reactivate_resident = Operation(Reactivate, Resident, allow=("town_administrator",), writes=True)
merge_residents = Operation(Merge, Resident, allow=("county_administrator",), writes=True)
list_end_reports = Operation(ListEndReports, ReportedPage, allow=OFFICIALS, in_full=True)
see_resident = Operation(SeeResident, Resident, allow=WINDOW, writes=True)
revoke_sight = Operation(RevokeSight, Resident, allow=COUNTY, writes=True)
find_resident = Operation(FindResident, Resident, allow=("resident", *OFFICIALS), in_full=True)
account_facts = Operation(AskFacts, AccountFacts, allow=("system",))
whose_number = Operation(AskWhoseNumber, NumberedPerson, allow=("system",), caller=True)
fitting_facts = Operation(AskFittingFacts, FittingFacts, allow=("system",))
find_number_holder = Operation(FindResident, Resident, allow=COUNTY, in_full=True)
list_doubles = Operation(ListDoubles, DoublePage, allow=COUNTY)
list_residents = Operation(ListResidents, ResidentPage, allow=OFFICIALS)
