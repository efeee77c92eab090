"""Lives in identity: people register, villages vouch, some are signed in."""

from datetime import timedelta

from services.chassis.core.calls import Call
from services.civic.actor import ANONYMOUS
from services.civic.working_days import published_working_days
from services.identity.access.sessions.model import start
from services.identity.access.sessions.passwords import a_password_is_good
from services.identity.people.residents import contract, registration, usecases
from services.identity.people.residents.model import Resident
from services.identity.people.residents.terms import ResidentTerms
from services.identity.privacy.consents.catalogue import shipped_catalogue
from tests.county.officials import acting
from tests.county.people import registration_of
from tests.county.scene import Scene, standing_in
from tests.county.size import CHUNK, Size

YEARS = timedelta(days=3 * 365)
"""How long the county has been registering."""
SETTLED = timedelta(days=60)
"""How long ago the last of them registered."""
TERMS = ResidentTerms(5, 60, published_working_days())


def register_all(scene: Scene, size: Size, chunk: int) -> list[Resident]:
    """Let the people of a chunk register, and their villages decide; gives the certified ones."""
    numbers = range(chunk * CHUNK, min((chunk + 1) * CHUNK, size.people))
    certified, rejected = size.part(size.certified, chunk), size.part(size.rejected, chunk)
    fates = ["certified"] * certified + ["rejected"] * rejected
    fates += ["pending"] * (len(numbers) - len(fates))
    scene.chance.shuffle(fates)
    people = [_lives(scene, number, size, fate) for number, fate in zip(numbers, fates, strict=True)]
    found = [person for person in people if person.state == "certified"]
    for person in scene.some(found, size.part(size.sessions, chunk)):
        _signs_in(scene, person)
    return found


def _lives(scene: Scene, number: int, size: Size, fate: str) -> Resident:
    county = scene.county
    begun = county.now - SETTLED - YEARS + number * YEARS / size.people
    village = scene.chance.choice(county.villages)
    asked = registration_of(number, village)
    registered = scene.call(
        "identity.register_resident", asked, ANONYMOUS, scene.later(begun, 0.5), contract.Resident
    )
    villages = standing_in(must_exist=lambda code: "2019")
    passwords = standing_in(hash=lambda password, beside: county.password_hash)
    person = registration.register(
        scene.residents,
        villages,
        shipped_catalogue(),
        passwords,
        a_password_is_good,
        scene.keys.of_id_number,
        TERMS,
        lambda call: None,
        registered,
    )
    if fate == "pending":
        return person
    official = acting(county.official("village_administrator", village), "village_administrator", village)
    said = {"reason": "户口不在本村。"} if fate == "rejected" else {"last_four": None}
    asked = {"resident_id": person.id, **said}
    decided = scene.call("identity.decide", asked, official, scene.later(registered.now), contract.Resident)
    if fate == "certified":
        return usecases.certify(scene.residents, scene.keys.of_id_number, {}, decided)
    return usecases.reject(scene.residents, TERMS, {}, decided)


def _signs_in(scene: Scene, person: Resident) -> None:
    now = scene.county.now - timedelta(days=scene.chance.uniform(0.1, 29))
    as_known = standing_in(
        id=person.id, region=person.region, kind="resident", stamp="", edition=person.edition
    )
    session = start(f"{scene.chance.getrandbits(128):032x}", as_known, now.replace(microsecond=0))
    scene.sessions.add(session, [], Call({}, now=now))
