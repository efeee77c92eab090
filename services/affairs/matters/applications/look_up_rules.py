"""The code by which an application is followed without an account: nobody keeps it, it follows from the id."""

from services.civic.readable_codes import readable

CODE_LENGTH = 8
"""40 bits, and twenty tries an hour for a number."""


def code_of(keyed: str) -> str:
    """Give the code that belongs to the keyed hash of an application and of how often its code was ended."""
    return readable(f"progress of an application\n{keyed}", CODE_LENGTH)


def state_that_is_told(state: str, outcome: str | None) -> str:
    """Tell how far it is; whether it was rated is the applicant's own affair."""
    if state != "rated":
        return state
    return "decided" if outcome else "declined"


def what_is_asked_next(state: str, notice: dict | None) -> tuple[list[str], object]:
    """Tell (materials, until when) of what the office waits for; nobody but the applicant reads what it wrote with it."""
    if state != "materials_missing" or not notice:
        return [], None
    return [one["name"] for one in notice["materials"]], notice["supply_by"]
