"""The divisions' event door."""

from services.chassis.listeners import hears
from services.chassis.uses import Uses
from services.integrity.places.store import Places


class PlaceListeners:
    """Keeps the copy of the divisions."""

    places = Uses(Places)

    @hears("identity.region.published", queue="places")
    def on_identity_region(self, event, call):
        known = {"code": event.data["code"], "edition": event.data["edition"]}
        self.places.learn(event.subject, event.sequence, known)
