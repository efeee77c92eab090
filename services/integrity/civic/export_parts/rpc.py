"""The portions' door."""

from services.chassis.storage.dependency_provider import Provided
from services.civic.privacy.data_subject_export import ExportPartEndpoints
from services.integrity.civic.export_parts.store import ExportPartStore


class ExportPartEndpoints(ExportPartEndpoints):
    """Gives a portion to the gateway."""

    portions = Provided(ExportPartStore)
