"""Fixtures: a place with the queues of the events' test service, and a virtual host for departments."""

import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "chassis_events"))

from events_place import api, new_place


@pytest.fixture
def place():
    """A virtual host and databases of this test, with the queues of the service `echo`."""
    from events_host import Echo

    from services.chassis.runtime.declare import declare_all

    made = new_place()
    departments = f"{made.vhost}-departments"
    made.settings = replace(made.settings, departments_vhost=departments)
    declare_all(made.settings, [Echo])
    yield made
    made.clear()
    api(made.management, "DELETE", f"/api/vhosts/{quote(departments, safe='')}")
