"""One chunk of a county: its people's lives in all services, and what the services tell one another of them."""

from dataclasses import replace

from services.chassis.core.calls import event_call
from services.chassis.core.context import working_on
from services.chassis.events import archive
from services.chassis.events.event import Envelope
from services.chassis.events.registry import import_all
from services.civic.actor import SYSTEM
from services.identity.notices.notifications import usecases as notices
from services.identity.subscribers.feed.store import Feed, document_of
from tests.county.applications import apply_all
from tests.county.officials import appoint, login_of, posts
from tests.county.reports import report_all
from tests.county.residents import register_all
from tests.county.scene import County, Scene
from tests.county.size import Size
from tests.county.trade import trade_all

REFERENCE = -1
"""The chunk of the officials: they are appointed before anybody registers."""


def chunk_of(county: County, size: Size, chunk: int, positions) -> dict[str, dict[str, list[dict]]]:
    """Give the documents of a chunk by service and collection; `positions(count)` gives the first of so many in the feed."""
    import_all()
    scene = Scene(county, chunk)
    with working_on(f"{scene.chance.getrandbits(128):032x}"):
        if chunk == REFERENCE:
            _officials(scene)
        else:
            _everybody(scene, size, chunk)
    _tell(scene, positions)
    return {
        service: {name: list(drawer.kept.values()) for name, drawer in drawers.items() if drawer.kept}
        for service, drawers in scene.drawers.items()
    }


def _everybody(scene: Scene, size: Size, chunk: int) -> None:
    certified = register_all(scene, size, chunk)
    apply_all(scene, certified, size.part(size.applications, chunk))
    trade_all(scene, certified, size.part(size.listings, chunk), size.part(size.orders, chunk))
    begun = certified[0].registered_at if certified else scene.county.now
    report_all(scene, size.part(size.reports, chunk), begun)


def _officials(scene: Scene) -> None:
    county = scene.county
    for role, region in posts(list(county.villages)):
        asked = {"name": "测试人员", "login": login_of(role, region), "role": role, "region": region}
        call = scene.call("identity.appoint_official", asked, SYSTEM, county.now)
        call = replace(call, key=county.post(role, region))
        appoint(scene.officials, role, region, county.password_hash, call)


def _tell(scene: Scene, positions) -> None:
    """Publish all events: archive them, let the listeners hear them, and append them to the feed."""
    told = []
    for drawers in scene.drawers.values():
        entries = drawers.published()
        archive.append(drawers, entries)
        told += [Envelope.from_document(entry) for entry in entries]
    told.sort(key=lambda event: event.time)
    for event in told:
        _hear(scene, event)
    first = positions(len(told))
    feed = scene.drawers["identity"][Feed.collection]
    feed.insert_many([document_of(first + n, event) for n, event in enumerate(told)])


def _hear(scene: Scene, event: Envelope) -> None:
    if event.name.startswith("identity.resident."):
        for copy in scene.copies:
            copy.learn(event.data[copy.named_by], event.sequence, copy.known(event))
    notices.notify(scene.notices, [(event, event_call(event.id, event.data, event.time))])
