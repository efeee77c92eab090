"""What portions answer and hear: requests for a copy, and that somebody was erased."""

from services.civic.capability import ExportParts


class IdentityExportParts(ExportParts, service="identity"):
    """`held_of_a_person` is wired in the service."""
