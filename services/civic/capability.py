"""What every service of a county answers and hears alike, made for each from its name and its stores.

class MarketCivic(CivicCapability, AccountClosureListeners, service="market", stores=(ListingStore, OrderStore)):
    ...

The service names its stores once: what follows a county to another edition, and what a person is shown of them and has erased, is
read from what the stores declare (`becomes`, `of_a_person`).
"""

from functools import cache
from typing import Any, TypeVar, cast

from services.chassis.storage.dependency_provider import Provided
from services.chassis.storage.store import Store
from services.civic.editions.code_crosswalk import Follows
from services.civic.editions.edition_switch import FollowedSwitchStore, SwitchListeners
from services.civic.editions.relocation import RelocatedStores
from services.civic.files.receiving import ReceivedFiles
from services.civic.files.rpc import FileEndpoints
from services.civic.files.store import FileStore, StoredPieces
from services.civic.files.timers import FileTimers
from services.civic.people import People, PeopleListeners
from services.civic.privacy.account_closure import AccountClosureListeners, AccountClosureStore
from services.civic.privacy.data_subject_export import ExportPartEndpoints, ExportPartStore
from services.civic.privacy.export_listener import ExportPartListeners
from services.civic.privacy.personal_data_stores import PersonalDataStores, declaring

S = TypeVar("S", bound=Store)


def store_of(service: str, shared: type[S]) -> type[S]:
    """A shared store as one service keeps it: ids and events carry the service's name."""
    # mypy takes no class of a variable type for hashable
    return _made(service, cast(type, shared))


@cache
def _made(service: str, shared: type) -> type:
    name = f"{service.capitalize()}{shared.__name__}"
    return type(name, (shared,), {"__doc__": shared.__doc__, "service": service})


class ExportParts(ExportPartEndpoints, ExportPartListeners):
    """The service's part of a copy; `held_of_a_person` is the service's."""

    portions: ExportPartStore

    def __init_subclass__(cls, service: str = "", **more):
        super().__init_subclass__(**more)
        if service:
            cls.portions = Provided(store_of(service, ExportPartStore))


class FileParts(FileEndpoints, FileTimers):
    """The files of a service that is wired by itself; its `holds_file` says which are held."""

    def __init_subclass__(cls, service: str = "", **more):
        super().__init_subclass__(**more)
        if service:
            _provide_files(cls, service)


def _provide_files(of: Any, service: str) -> None:
    store = store_of(service, FileStore)
    of.files, of.file_pieces = Provided(store), Provided(StoredPieces)
    of.received_files = Provided(ReceivedFiles.of(store))


class CivicCapability(ExportParts, PeopleListeners, SwitchListeners):
    """People, divisions and copies; with `AccountClosureListeners` also account closures.

    `stores` are the service's own, in the order in which a copy shows them and an erasure goes through them; `people` is the
    copy of the residents that it keeps; `files` says that people hand in files (`services/civic/files`).
    """

    people: People
    held_of_a_person: PersonalDataStores
    files: FileStore
    file_pieces: StoredPieces
    received_files: ReceivedFiles

    def __init_subclass__(
        cls,
        service: str = "",
        stores: tuple[type, ...] = (),
        people: type[People] = People,
        files: bool = False,
        **more,
    ):
        super().__init_subclass__(service=service, **more)
        if not service:
            return
        shared: tuple[type[Any], ...] = (store_of(service, ExportPartStore), people)
        cls.people = Provided(people)
        cls.followed = Provided(store_of(service, FollowedSwitchStore))
        if issubclass(cls, AccountClosureListeners):
            account_closures = store_of(service, AccountClosureStore)
            cls.account_closures = Provided(account_closures)
            shared = (account_closures, *shared)
        if files:
            _provide_files(cls, service)
            shared = (store_of(service, FileStore), *shared)
        every: tuple[type[Any], ...] = (*stores, *shared)
        cls.following = Provided(
            RelocatedStores.of(*(one for one in every if isinstance(one.becomes, Follows)))
        )
        cls.held_of_a_person = Provided(PersonalDataStores.of(*declaring(every)))
