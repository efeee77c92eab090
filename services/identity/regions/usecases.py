"""What is done with divisions."""

from services.chassis.errors import NotFound
from services.identity.regions.model import a_division_has_code_and_name


def publish(regions, call) -> str:
    """Enter one division or bring its entry up to date; gives new, changed or unchanged."""
    asked = call.data
    wanted = a_division_has_code_and_name(asked["code"], asked["name"], asked["edition"])
    try:
        known = regions.get(wanted.id)
    except NotFound:
        regions.add(wanted, wanted.published(), call)
        return "new"
    if (known.name, known.edition) == (wanted.name, wanted.edition):
        return "unchanged"
    known.name, known.edition = wanted.name, wanted.edition
    regions.save(known, known.published(), call)
    return "changed"
