"""What affairs tells of adoptions."""

from services.chassis.events import Event, public
from services.chassis.schemas import Id


class AdoptionFollowed(Event):
    """Every application has followed its division; those of a division that was split wait at the county."""

    name = "affairs.adoption.followed"
    adoption_id = public(Id(required=True))
