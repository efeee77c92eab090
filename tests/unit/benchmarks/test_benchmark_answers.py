"""The systems that the benchmark compares with give the same answers: a field that ours has got is noticed here."""

import pytest

from benchmarks.requests.peers import dumps
from services.affairs.matters.applications.contract import Application, ApplicationRow
from services.affairs.matters.catalogue.contract import Matter
from services.affairs.matters.catalogue.model import KINDS
from services.identity.notices.notifications.contract import Notice
from services.market.selling.listings.contract import ListingOnSale


class Document(dict):
    """Whatever is asked for by name is there, and nothing besides."""

    def __missing__(self, name: str) -> str:
        return "13800000000"


DOCUMENT = Document(steps=[], kind=next(iter(KINDS)))


@pytest.mark.parametrize(
    ("by_hand", "shape"),
    [
        (dumps.application_row, ApplicationRow),
        (dumps.application, Application),
        (dumps.listing_on_sale, ListingOnSale),
        (dumps.matter, Matter),
        (dumps.notice, Notice),
    ],
)
def test_what_is_dumped_by_hand_has_the_fields_of_the_platforms_answer(by_hand, shape):
    assert set(by_hand(DOCUMENT)) == set(shape().dump_fields)
