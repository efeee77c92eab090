"""The 169 matters that villagers ask for most, as the project ships them."""

from datetime import UTC, datetime

from services.affairs.matters.catalogue.model import Matter
from services.affairs.matters.catalogue.shipped import complete
from services.affairs.matters.catalogue.source import MATERIALS, MATTERS, rows, to_matter
from services.affairs.matters.catalogue.vocabulary import top

NOW = datetime(2026, 12, 1, 2, tzinfo=UTC)


def shipped_matters() -> dict[str, Matter]:
    """Give each by its name, with what the tables say of it and whether its papers are the project's own."""
    own = {row.values["item_code"] for row in rows(MATERIALS)}
    made = [to_matter(row.values, NOW) for row in rows(MATTERS) if row.values["item_code"] in top()]
    for matter in made:
        complete(matter, own_papers=matter.source_code in own)
    return {matter.name: matter for matter in made}
