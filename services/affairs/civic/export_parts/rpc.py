"""The portions' door."""

from services.affairs.civic.export_parts.store import ExportPartStore
from services.chassis.storage.dependency_provider import Provided
from services.civic.privacy.data_subject_export import ExportPartEndpoints


class ExportPartEndpoints(ExportPartEndpoints):
    """Gives a portion to the gateway."""

    portions = Provided(ExportPartStore)
