"""What integrity keeps otherwise than the version before did."""

from services.chassis.storage.ngram_search import searchable
from services.civic.search_keys import computed_anew

MIGRATIONS = (computed_anew(1, "categories", lambda _, document: searchable(document["full_name"])),)
