"""Portions as documents."""

from services.civic.privacy import data_subject_export


class ExportPartStore(data_subject_export.ExportPartStore):
    """The portions' collection of affairs."""

    service = "affairs"
