"""How other capabilities ask whether somebody consents now."""

from pymongo.database import Database

from services.identity.privacy.consents.catalogue import PurposeCatalogue, shipped_catalogue
from services.identity.privacy.consents.model import stands
from services.identity.privacy.consents.store import ConsentStore

MARKET_SMS, DISCLOSURE, FITTING = "market_sms", "disclosure_by_consent", "fitting"


class Consenting:
    """Looks at the last decision each time, so that a withdrawal holds at once."""

    def __init__(self, database: Database, catalogue: PurposeCatalogue | None = None):
        self.consents, self.catalogue = ConsentStore(database), catalogue or shipped_catalogue()

    def to_market_sms(self, person: str) -> bool:
        """Tell whether somebody wants messages about buying and selling."""
        return self._to(MARKET_SMS, person)

    def to_disclosure(self, person: str) -> bool:
        """Tell whether somebody lets departments without a legal duty have name and phone."""
        return self._to(DISCLOSURE, person)

    def to_fitting(self, person: str) -> bool:
        """Tell whether somebody lets what the village has entered be used to find matters that fit."""
        return self._to(FITTING, person)

    def _to(self, name: str, person: str) -> bool:
        purpose = self.catalogue.find(name)
        return purpose is not None and stands(self.consents.last(person, name), purpose) == "given"
