"""What portions hear: requests for a copy, and that somebody was erased."""

from services.civic.privacy.export_listener import ExportPartListeners


class ExportPartListeners(ExportPartListeners):
    """`portions` is declared by the doors, `held_of_a_person` is wired in the service."""
