"""The county's own register as matching sees it: keyed hashes are compared, nothing is read back."""

from services.civic.editions.code_crosswalk import CodeCrosswalk
from services.identity.access.guest_access.ports import PersonToCompare
from services.identity.people.matches.model import Found
from services.identity.people.names import plain_name
from services.identity.people.register.lines import Hashes
from services.identity.people.register.store import Entries, ImportStore, RegisterStore

COUNTY_DIGITS = 6


class LocalRegister:
    """Answers whether a resident is in the version that is in use."""

    def __init__(
        self,
        registers: RegisterStore,
        imports: ImportStore,
        entries: Entries,
        moves: CodeCrosswalk,
        hashes: Hashes,
    ):
        self._registers, self._imports, self._entries = registers, imports, entries
        self._moves, self._hashes = moves, hashes

    def find(self, resident: PersonToCompare) -> Found | None:
        """What the register says, None where the county has none or it does not know the number.

        A version that is replaced while this reads is read anew: its entries may be on their way out.
        """
        county = resident.region[:COUNTY_DIGITS]
        before, version = None, self._registers.in_use(county)
        while version and version != before:
            entry = self._entries.find(version, resident.id_number_hash)
            if entry:
                same = entry["name_hash"] == self._hashes.of_name(plain_name(resident.name))
                there, _ = self._moves.parts(entry["village"], self._imports.edition_of(version))
                return Found(same, "register", resident.region not in there)
            before, version = version, self._registers.in_use(county)
        return None

    def is_there(self, region: str) -> bool:
        """Whether the county has a register."""
        return self._registers.in_use(region[:COUNTY_DIGITS]) is not None
