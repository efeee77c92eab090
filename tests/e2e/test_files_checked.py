"""A virus scanner behind the whole platform: what is clean opens, what is infected is gone and told, nobody who applies waits."""

import uuid

import pytest
import requests

from deploy.local.simulators.clamd import EICAR, Behaviour, ClamdSimulator
from deploy.local.story.identity import VILLAGE
from deploy.local.story.market import OFFER
from deploy.local.story.person import new_resident
from tests.e2e.conftest import OFFICES, officials_of
from tests.e2e.platform import running
from tests.e2e.test_application_files import fetched, send
from tests.photos import photo

SECONDS = 60


@pytest.fixture(scope="module")
def clamd():
    with ClamdSimulator() as server:
        yield server


@pytest.fixture(scope="module")
def scanned(addresses, tmp_path_factory, clamd):
    """A platform of its own: the shared one has no scanner."""
    with running(tmp_path_factory.mktemp("scanned"), addresses, CLAMD_URL=clamd.url) as platform:
        yield platform


@pytest.fixture(scope="module")
def officials(scanned):
    return officials_of(scanned, {what: OFFICES[what] for what in ("village", "clerk")})


@pytest.fixture(scope="module")
def applicant(scanned, officials):
    person, entered = scanned.person("resident"), new_resident(VILLAGE)
    person.post("/residents", entered, expect=201)
    person.sign_in(entered["phone"], entered["password"])
    officials["village"].post(f"/residents/{person.id}/certification")
    for service in ("affairs", "market"):
        people = scanned.database(service).people
        scanned.wait_for(lambda p=people: (p.find_one({"_id": person.id}) or {}).get("certified"))
    return person


def states(person, application: dict) -> list[str]:
    return [one["state"] for one in person.get(f"/applications/{application['id']}")["files"]]


def test_an_application_goes_on_while_its_files_are_checked(scanned, clamd, applicant, officials):
    found = applicant.get("/matters", text="高龄津贴")["items"][0]
    asked = {"matter_id": found["id"], "name": "王秀英", "phone": "13800000013", "materials": []}
    application = applicant.post("/applications", asked, expect=201)
    clamd.behaviour = Behaviour(answer="")
    clean, infected = (
        send(applicant, application, photo(size=(300, 200)) + behind) for behind in (b"", EICAR)
    )
    assert (clean.status_code, infected.status_code) == (201, 201), (clean.text, infected.text)
    assert states(applicant, application) == ["checking", "checking"]
    ids = [one["id"] for one in infected.json()["files"]]
    refused = fetched(officials["clerk"], application, ids[0])
    assert (refused.status_code, refused.json()["code"]) == (409, "file.checking")
    officials["clerk"].post(f"/applications/{application['id']}/acceptance")
    clamd.behaviour = Behaviour()
    scanned.wait_for(lambda: states(officials["clerk"], application) == ["kept", "infected"], SECONDS)
    assert fetched(officials["clerk"], application, ids[0]).status_code == 200
    gone = fetched(officials["clerk"], application, ids[1])
    assert (gone.status_code, gone.json()["code"]) == (422, "file.infected")
    about = "affairs.application.file_infected"
    scanned.wait_for(
        lambda: [one for one in applicant.get("/notices")["items"] if one["about"] == about], SECONDS
    )


def test_a_photo_of_a_listing_is_shown_once_it_was_checked(scanned, clamd, applicant, officials):
    clamd.behaviour = Behaviour(answer="")
    listing = applicant.post("/listings", OFFER, expect=201)
    where = f"{scanned.base}/listings/{listing['id']}/photos"
    headers = {"Authorization": applicant.http.headers["Authorization"], "Idempotency-Key": str(uuid.uuid4())}
    sent = requests.post(
        where, files={"photo": ("a.jpg", photo(), "image/jpeg")}, headers=headers, timeout=SECONDS
    )
    assert sent.json()["photos"][0]["state"] == "checking"
    refused = officials["village"].post(f"/listings/{listing['id']}/endorsement", expect=409)
    assert refused["code"] == "listing.photos_unchecked"
    clamd.behaviour = Behaviour()

    def shown() -> bool:
        return applicant.get(f"/listings/offers/{listing['id']}")["photos"][0]["state"] == "kept"

    scanned.wait_for(shown, SECONDS)
    officials["village"].post(f"/listings/{listing['id']}/endorsement")
    public = requests.get(f"{scanned.base}/listings/{listing['id']}", timeout=SECONDS).json()
    assert [one["state"] for one in public["photos"]] == ["kept"]
    anybody = requests.get(f"{where}/{public['photos'][0]['id']}", timeout=SECONDS)
    assert anybody.status_code == 200
