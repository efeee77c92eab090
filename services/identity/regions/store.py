"""Divisions as documents."""

from pymongo import ASCENDING, IndexModel

from services.chassis.documents import Store
from services.identity.regions.model import Division


class RegionStore(Store):
    """The divisions' collection; the id is the code."""

    service = "identity"
    collection = "regions"
    aggregate = Division
    noun = "region"
    missing = "没有这个区划代码，请核对后重新填写。"
    indexes = (
        IndexModel([("parent", ASCENDING), ("region", ASCENDING), ("_id", ASCENDING)], name="children"),
    )
