"""What integrity answers and hears as every service of a county does, and of the divisions that there are."""

from services.chassis.listeners import hears
from services.chassis.storage.dependency_provider import Provided
from services.civic.capability import CivicCapability
from services.integrity.civic.store import CertifiedPeople, Places
from services.integrity.reports.cases.store import ReportStore


class IntegrityCivic(CivicCapability, service="integrity", stores=(ReportStore,), people=CertifiedPeople):
    """People, divisions and copies, made of the store named here."""

    places = Provided(Places)
    tells_numbers = False  # how many reports there are is for the committee alone

    @hears("identity.region.published", queue="places")
    def on_identity_region(self, event, call):
        known = {"code": event.data["code"], "edition": event.data["edition"]}
        self.places.learn(event.subject, event.sequence, known)

    @hears("identity.county.edition_adopted", queue="places")
    def on_identity_county(self, event, call):
        self.places.editions.learn(event.subject, event.sequence, {"edition": event.data["edition"]})
