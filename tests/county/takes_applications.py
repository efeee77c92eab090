"""Which matters of the loaded catalogue somebody can apply for."""

WHERE = {"state": "open", "elsewhere": "", "content.access.in_person": {"$ne": "appointment"}}
"""In the database: open, done here, and not by appointment only."""


def takes_applications(matter: dict) -> bool:
    """Tell it of a matter as the API answers it."""
    return not matter["elsewhere"] and not matter["only_by_appointment"]
