"""Which matters of the loaded catalogue somebody can apply for with name, phone and papers alone."""

WHERE = {"state": "open", "elsewhere": "", "content.access.in_person": {"$ne": "appointment"}, "form": None}
"""In the database: open, done here, not by appointment only, and without a form to fill in."""


def takes_applications(matter: dict) -> bool:
    """Tell it of a matter as the API answers it."""
    return not (matter["elsewhere"] or matter["only_by_appointment"] or matter["with_form"])
