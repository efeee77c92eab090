"""Events of an adoption as another service hears them."""

import inspect
from datetime import UTC, datetime

from services.chassis.events.event import Envelope, check_data
from tests.delivering import deliver

ADOPTION = "510183-2019"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
FACT = {"adoption_id": ADOPTION, "earlier": "2019", "later": "2020"}
COUNTY = "510183"


class Adopting:
    """Tells a service, as the host does, what identity tells of an adoption."""

    def __init__(self, service):
        self.service, self.sequence = service, 1

    def tell(self, name, region=COUNTY, subject=ADOPTION, sequence=None, **data):
        """Deliver an event to every handler of its name."""
        self.sequence += 1
        number = sequence or self.sequence
        event = Envelope(
            f"{subject}:{number}", f"xiangzhi.{name}.v1", "/xiangzhi/identity", subject, NOW, region, number, data
        )  # fmt: skip
        check_data(name, 1, data)
        for _, method in inspect.getmembers(self.service, inspect.ismethod):
            declaration = getattr(method, "hears", None)
            if declaration and name in declaration.names:
                deliver(method, event)

    def move(self, code, *new, sequence=None):
        """A division moved."""
        self.tell("identity.region.moved", code, sequence=sequence, code=code, new=list(new), **FACT)

    def all_moved(self):
        """Every division has moved."""
        self.tell("identity.adoption.moved", sequence=900, regions=1, **FACT)

    def finish(self):
        """Everybody has followed."""
        self.tell("identity.adoption.finished", sequence=901, **FACT)

    def place(self, resident, village):
        """The county placed a resident of a split village."""
        data = {"resident_id": resident, "state": "certified", "edition": "2020"}
        self.tell("identity.resident.placed", village, resident, **data)
