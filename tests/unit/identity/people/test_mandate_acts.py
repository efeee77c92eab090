"""What is done under a mandate comes to the list of its acts."""

from services.identity.people.mandates.events import ACTS
from services.identity.people.mandates.listeners import MandateListeners


def test_every_act_under_a_mandate_is_heard_for_its_list():
    heard = [
        name
        for one in vars(MandateListeners).values()
        if hasattr(one, "hears") and one.hears.queue == "mandate_acts"
        for name in one.hears.names
    ]
    assert sorted(heard) == sorted(ACTS)
