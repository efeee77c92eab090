"""The files of identity: photos of the papers of mandates, and the clock that looks after them."""

from services.civic.capability import FileParts
from services.civic.files.model import StoredFile
from services.identity.people.mandates.store import MandateStore


class IdentityFiles(FileParts, service="identity"):
    """Gives pieces to the gateway and sweeps; `mandates` is declared by the endpoints."""

    mandates: MandateStore

    def holds_file(self, file: StoredFile) -> bool:
        """Tell whether the mandate that a photo was taken for lives and names it."""
        return self.mandates.holds_photo(file.subject, file.id)
