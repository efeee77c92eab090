"""Sentences as documents: one title once for each kind in a county."""

from pymongo import ASCENDING, IndexModel

from services.affairs.matters.sentences.model import Sentence
from services.chassis.core.errors import Conflict
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.store import RegionalStore


class SentenceStore(RegionalStore[Sentence]):
    """The sentences' collection."""

    service = "affairs"
    collection = "sentences"
    aggregate = Sentence
    noun = "sentence"
    missing = "没有找到这条用语，可能已经删除，请回到名单。"
    becomes = Stays("a county's, which no edition switch moves")
    of_a_person = NothingOfAPerson("what offices say alike to everybody; nobody is named in it")
    indexes = (
        IndexModel(
            [("region", ASCENDING), ("kind", ASCENDING), ("title", ASCENDING)],
            name="one_title_once",
            unique=True,
            partialFilterExpression={"removed": False},
        ),
        IndexModel(
            [(name, ASCENDING) for name in ("region", "removed", "kind", "title", "_id")], name="of_a_county"
        ),
    )

    def conflict(self, index: str) -> Conflict:
        """Say that there is one of this title."""
        return Conflict("sentence.title_taken", "已经有一条同样标题的用语，请换一个标题，或修改原来那条。")
