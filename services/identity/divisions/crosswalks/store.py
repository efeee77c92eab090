"""Crosswalks as documents: one for a county and two editions."""

from pymongo import ASCENDING, IndexModel

from services.chassis.core.errors import Conflict
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.store import RegionalStore
from services.identity.divisions.crosswalks.model import Crosswalk


class CrosswalkStore(RegionalStore[Crosswalk]):
    """The tables' collection."""

    service = "identity"
    collection = "successions"
    becomes = Stays("a county's, which no adoption moves")
    of_a_person = NothingOfAPerson("divisions")
    aggregate = Crosswalk
    noun = "succession"
    missing = "没有找到这张新旧区划对照表，请核对编号。"
    indexes = (
        IndexModel([("regions", ASCENDING), ("later", ASCENDING), ("_id", ASCENDING)], name="of_a_county"),
    )

    def conflict(self, index: str) -> Conflict:
        """Say that the table is there already."""
        return Conflict("succession.begun_already", "这两个版次的对照表已经建好，请打开它继续填写。")
