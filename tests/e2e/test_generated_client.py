"""A client that was generated from the served description tells the whole story of `make run` on real processes."""

import json
import sys

import pytest
import requests

from deploy.local.story.__main__ import tell
from deploy.local.story.person import Person
from deploy.local.story.teller import Teller
from gateway.openapi.document import EVERY
from gateway.routing import Route
from tests.e2e.generated import PACKAGE, GeneratedClient, generate


@pytest.fixture(scope="module")
def spec(platform) -> dict:
    return requests.get(f"{platform.base}/openapi.json", timeout=10).json()


@pytest.fixture(scope="module")
def generated(spec, tmp_path_factory) -> tuple[GeneratedClient, str]:
    """The client, importable, and what its generator had to say."""
    folder = tmp_path_factory.mktemp("generated")
    served = folder / "openapi.json"
    served.write_text(json.dumps(spec))
    told = generate(served, folder)
    sys.path.insert(0, str(folder))
    yield GeneratedClient(spec), told
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


OCTETS = "application/octet-stream"
"""Which a generator takes as it is."""


def _gives_no_text(route: Route) -> bool:
    """Tell whether nothing that a route answers is something a generator takes: JSON, text or octets."""
    return route.only_media and not any(one == OCTETS or one.startswith("text/") for one in route.media)


def test_a_generator_understands_all_of_the_description_but_what_is_no_json(generated):
    _, told = generated
    not_json = {
        f"{one.verb} {one.path}"
        for one in EVERY
        if isinstance(one, Route) and (_gives_no_text(one) or (one.raw and one.raw.media != OCTETS))
    }
    warned = {
        line.partition("parsing ")[2].partition(" within")[0]
        for line in told.splitlines()
        if "WARNING" in line
    }
    assert warned == not_json


def test_a_generated_client_tells_the_whole_story(generated, platform, monkeypatch):
    client, _ = generated
    monkeypatch.setattr(Person, "_send", lambda person, *asked: client.send(person, *asked))
    teller = Teller(lambda line: None)
    tell(platform.base, platform.settings, teller)
    assert teller.steps >= 25
    assert {
        "register_resident",
        "apply_for_matter",
        "place_order",
        "submit_report",
        "apply_for_subscription",
    } <= client.used
    assert client.impossible == ["reject_resident"]
