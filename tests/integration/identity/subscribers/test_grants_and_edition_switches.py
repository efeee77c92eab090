"""What a grant for a place covers is not widened backwards where another place is merged into it, nor cut short where one leaves."""

from datetime import timedelta

import pytest

from services.chassis.core.calls import Call, utc_now
from services.chassis.events.event import Envelope
from services.civic.actor import CivicActor
from services.civic.editions.code_crosswalk import CrosswalkEntry
from services.identity.subscribers.departments.model import Department
from services.identity.subscribers.feed import views
from services.identity.subscribers.feed.contract import PullEvents
from services.identity.subscribers.webhooks import usecases
from services.identity.subscribers.webhooks.contract import Replay

TOWN, OTHER_TOWN = "510183103", "510183104"
STAYS, MERGED, GIVEN_ON = f"{TOWN}204", f"{TOWN}207", f"{TOWN}218"
HEIR, AFAR, LEAVES, SPLIT = f"{TOWN}219", f"{OTHER_TOWN}201", f"{TOWN}205", f"{TOWN}203"
MOVES = {
    MERGED: (STAYS,),
    GIVEN_ON: (HEIR,),
    AFAR: (STAYS,),
    LEAVES: (f"{OTHER_TOWN}205",),
    SPLIT: (SPLIT, GIVEN_ON),
}
"""In 2020: two are merged into one that stays, one from another town; one goes to another town, one is split, and a code is given on."""


def told(subject: str, region: str, edition: str) -> Envelope:
    return Envelope(
        id=f"{subject}:1",
        type="xiangzhi.identity.resident.certified.v1",
        source="/xiangzhi/identity",
        subject=subject,
        time=utc_now(),
        region=region,
        sequence=1,
        data={"resident_id": subject, "state": "certified", "assurance": 1},
        partitionkey=subject,
        edition=edition,
    )


@pytest.fixture
def switched(scene):
    """A feed with what was told in each village before the switch, and in two of them after it."""
    for region in (STAYS, *MOVES):
        scene.feed.append(told(f"before-{region}", region, "2019"))
    for code, new in MOVES.items():
        scene.feed.follow(CrosswalkEntry(code, "2019", "2020", new))
        scene.feed.follow(CrosswalkEntry(code, "2019", "2020", new))
    scene.feed.append(told(f"after-{STAYS}", STAYS, "2020"))
    scene.feed.append(told(f"after-{GIVEN_ON}", GIVEN_ON, "2020"))
    return scene


OF_THE_TOWN = [f"before-{one}" for one in (STAYS, MERGED, GIVEN_ON, LEAVES, SPLIT)]
READ = [
    (STAYS, "2019", [f"before-{STAYS}", f"after-{STAYS}"]),
    (STAYS, "2020", [f"before-{STAYS}", f"before-{MERGED}", f"before-{AFAR}", f"after-{STAYS}"]),
    (TOWN, "2019", [*OF_THE_TOWN, f"after-{STAYS}", f"after-{GIVEN_ON}"]),
    (OTHER_TOWN, "2019", [f"before-{AFAR}"]),
    (OTHER_TOWN, "2020", [f"before-{LEAVES}"]),
    (HEIR, "2020", [f"before-{GIVEN_ON}"]),
    (GIVEN_ON, "2020", [f"after-{GIVEN_ON}"]),
    (
        "510183",
        "2019",
        [*OF_THE_TOWN[:3], f"before-{AFAR}", *OF_THE_TOWN[3:], f"after-{STAYS}", f"after-{GIVEN_ON}"],
    ),
]
"""A place, the edition of its grant, and whose events it covers, in the feed's order."""

grants = pytest.mark.parametrize(("region", "edition", "subjects"), READ)


def department(scene, region, edition, delivery, url=None) -> Department:
    one = Department(
        "d", region, "统计局", "数据科", "p", "l", ["identity.resident.*"], delivery, "h", utc_now(),
        webhook_url=url, state="connected", expires_at=utc_now() + timedelta(days=1), history=True, edition=edition,
    )  # fmt: skip
    scene.departments.add(one, [], Call({}))
    return one


@grants
def test_a_pull_reads_the_history_of_the_place_that_was_granted(switched, region, edition, subjects):
    department(switched, region, edition, "pull")
    subscriptions, found, after = switched.parts.subscriptions, [], 0
    while True:
        call = Call(PullEvents().load({"after": after, "limit": 2}), CivicActor("d", "department"))
        pulled = views.pull(subscriptions, subscriptions.delivery, views.Patience(), call)
        found, after = found + [one["subject"] for one in pulled["items"]], pulled["next"]
        if not pulled["items"]:
            break
    assert found == subjects


@grants
def test_a_webhook_gets_it_and_gets_it_again_in_a_replay(switched, receiver, region, edition, subjects):
    one = department(switched, region, edition, "webhook", receiver.url)
    receiver.secret = switched.parts.keys.of_webhook(one)
    switched.settle()
    assert receiver.subjects == subjects
    parts = switched.parts
    call = switched.call(**Replay().load({"beginning": True}))
    usecases.replay(switched.departments, parts.webhooks, parts.cursors, parts.subscriptions.delivery, call)
    switched.settle()
    assert receiver.subjects == subjects * 2
