"""One platform for all tests through HTTP, and officials to call it with."""

import json
import uuid
from urllib.parse import urlsplit

import pytest

from deploy.local.story.identity import COUNTY, OTHER_VILLAGE, PASSWORD, TOWN, VILLAGE
from deploy.local.story.person import Person, new_resident
from gateway.openapi.document import specification
from services.identity.officials.staff.appoint import appoint
from tests.described import Description
from tests.e2e.platform import running

OFFICES = {
    "village": ("village_administrator", VILLAGE),
    "other village": ("village_administrator", OTHER_VILLAGE),
    "town": ("town_administrator", TOWN),
    "other town": ("town_administrator", "510183104"),
    "clerk": ("clerk", COUNTY),
    "discipline": ("discipline_officer", COUNTY),
    "data": ("data_officer", COUNTY),
    "auditor": ("auditor", COUNTY),
}


@pytest.fixture(scope="module")
def every_answer_is_described():
    """Whoever calls in these tests from now on, and whatever is answered: it is what the description of the API names."""
    description = Description(json.loads(json.dumps(specification("https://county.example"))))
    begin = Person.__init__

    def check(answer, **_) -> None:
        media = answer.headers.get("Content-Type", "").partition(";")[0]
        told = answer.json() if media.endswith("json") and answer.content else None
        path = urlsplit(answer.request.url).path
        assert description.problems(answer.request.method, path, answer.status_code, told, media) == []

    def begin_checked(person: Person, base: str, name: str) -> None:
        begin(person, base, name)
        person.http.hooks["response"].append(check)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Person, "__init__", begin_checked)
        yield


@pytest.fixture(scope="session")
def platform(addresses, tmp_path_factory):
    """The platform, running."""
    with running(tmp_path_factory.mktemp("platform"), addresses) as platform:
        yield platform


@pytest.fixture(scope="session")
def staff(platform) -> dict[str, Person]:
    """Officials of every kind, signed in, by what they are."""
    return officials_of(platform, OFFICES)


def officials_of(platform, offices: dict[str, tuple[str, str]]) -> dict[str, Person]:
    """Appoint these officials, and the county's administrator with them."""
    login = f"chief-{uuid.uuid4().hex[:8]}"
    account = appoint(platform.settings, login, "county_administrator", COUNTY)
    chief = platform.person("county").sign_in(login, PASSWORD, first=account["password"])
    found = {"county": chief}
    for what, (role, region) in offices.items():
        body = {"name": "测试", "login": f"t-{uuid.uuid4().hex[:12]}", "role": role, "region": region}
        given = chief.post("/officials", body, expect=201)
        found[what] = platform.person(what).sign_in(body["login"], PASSWORD, first=given["one_time_password"])
    return found


@pytest.fixture
def resident(platform) -> Person:
    """A new resident of 黑虎村 who waits for certification; `entered` is what the registration held."""
    person, entered = platform.person("resident"), new_resident(VILLAGE)
    person.post("/residents", entered, expect=201)
    person.entered = entered
    return person.sign_in(entered["phone"], entered["password"])


@pytest.fixture
def certified(resident, staff, platform) -> Person:
    """A new resident whom the village has certified, known to every service."""
    staff["village"].post(f"/residents/{resident.id}/certification")

    def known() -> bool:
        return all(
            (platform.database(service).people.find_one({"_id": resident.id}) or {}).get("certified")
            for service in ("affairs", "market", "integrity")
        )

    platform.wait_for(known)
    return resident
