"""What is done when divisions move; each may be done again."""

from contextlib import suppress

from services.affairs.places.model import Followed
from services.chassis.errors import AlreadyAnswered


def follow_one(places, follow, event) -> None:
    """Keep the move first, so that whoever applies from now on applies in the new division; then let the others follow."""
    follow(places.heard(event))


def follow_all(places, follow, adoption: str) -> None:
    """Let everything follow once more: what was written while its division moved."""
    for move in places.of_adoption(adoption):
        follow(move)


def tell(followed, adoption: str, region: str, call) -> None:
    """Say that everything has followed."""
    done = Followed(adoption, region)
    with suppress(AlreadyAnswered):
        followed.add(done, done.followed(), call)
