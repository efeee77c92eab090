"""The affairs service: its doors and listeners, and what they are wired to."""

from services.affairs.applications.rpc import ApplicationDoors
from services.affairs.matters.rpc import MatterDoors
from services.affairs.people.listeners import PeopleListeners
from services.chassis.contracts import import_all
from services.chassis.uses import Uses
from services.chassis.working_days import published_working_days

import_all()


class Service(MatterDoors, ApplicationDoors, PeopleListeners):
    """Everything that affairs answers and hears; applications use the service's own matters and people."""

    name = "affairs"

    working_days = Uses(lambda database: published_working_days())
