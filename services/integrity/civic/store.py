"""Divisions and residents as integrity needs them, as identity's events tell them."""

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from services.chassis.core.errors import Rejected
from services.chassis.events.event import Envelope
from services.chassis.storage.projection import Projection
from services.civic.editions.code_crosswalk import COUNTY_DIGITS, Stays
from services.civic.people import People
from services.civic.privacy.personal_data import ErasedByListener, NothingOfAPerson, PersonalData


class CertifiedPeople(People):
    """The copy of the residents: {certified}; where they live is nothing to integrity."""

    becomes = Stays("it holds no region")
    of_a_person = PersonalData(
        not_shown="a copy of what identity tells: whether certified, which identity's own portion shows",
        erased="certified no more, under an id that names nobody",
        erase=ErasedByListener("people"),
        stays=("_id",),
    )

    def known(self, event: Envelope) -> dict:
        """Keep whether the village vouches."""
        return {"certified": event.data["state"] == "certified"}

    def is_certified(self, resident_id: str) -> bool:
        """Tell whether a village vouches for this resident, as far as this service has heard."""
        known = self.find(resident_id)
        return bool(known and known["certified"])


class Editions(Projection):
    """In which edition each county reads its codes: {_id: county, edition, sequence}."""

    collection = "editions"
    becomes = Stays("an adoption is what it tells of")
    of_a_person = NothingOfAPerson("editions of divisions")


class Places(Projection):
    """The copy of the divisions: {code, edition}, by the id that identity gives to both."""

    collection = "places"
    becomes = Stays("each code stands there with its edition")
    of_a_person = NothingOfAPerson("divisions")
    indexes = (IndexModel([("code", ASCENDING)], name="by_code"),)

    def __init__(self, database: Database):
        super().__init__(database)
        self.editions = Editions(database)

    def edition_of(self, code: str) -> str:
        """Give the edition in which somebody means the code: the adopted one, or the latest that has it; "" while none is known.

        Raises Rejected where no such county, town or village was published in any edition: a report for a county that is not
        on the platform would reach nobody; better that the person hears it.
        """
        known = {found["edition"] for found in self.documents.find({"code": code}, {"edition": 1})}
        if not known:
            raise Rejected(
                "report.place_unknown", "没有这个区划代码，请从名单中选择事情发生的地方。", place=code
            )
        adopted = (self.editions.find(code[:COUNTY_DIGITS]) or {}).get("edition", "")
        return adopted if not adopted or adopted in known else max(known)
