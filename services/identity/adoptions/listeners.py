"""Who says that it has followed an adoption."""

from services.chassis.listeners import hears
from services.identity.adoptions import usecases


class AdoptionListeners:
    """Notes the services that are done; `adoptions` is declared by the doors."""

    @hears("affairs.adoption.followed", queue="adoptions")
    def on_affairs_adoption(self, event, call):
        usecases.note_follower(self.adoptions, "affairs", call)
