"""What a service's endpoints and listeners work with: stores and views, made once per container.

class Residents:
    residents = Provided(ResidentStore)
"""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from nameko.extensions import DependencyProvider, SharedExtension
from pymongo.database import Database

from services.chassis.amqp.wake_ups import WakeUpNotifier
from services.chassis.storage.database import connect

T = TypeVar("T")


class DatabaseProvider(SharedExtension):
    """The container's one database: one client, opened when it is first needed, closed with the container."""

    def __init__(self):
        super().__init__()
        self._opening = threading.Lock()
        self._database = None

    @property
    def database(self) -> Database:
        """Give the service's database."""
        with self._opening:
            if self._database is None:
                settings, name = self.container.settings, self.container.service_name
                self._database = connect(settings, name)
                self._database.wake_ups = WakeUpNotifier(settings.amqp_uri, name)
        return self._database

    def stop(self):
        """Close the client, if there was one."""
        if self._database is not None:
            self._database.wake_ups.close()
            self._database.client.close()


if TYPE_CHECKING:

    def Provided(make: Callable[..., T]) -> T:
        """What nameko puts on the service object under the declared name is what was made."""

else:

    class Provided(DependencyProvider):
        """Declare an object that all endpoints and listeners of a service share.

        `make` is called as `make(database)` when the container is set up; where it has a `from_platform`, as
        `make.from_platform(database, settings)`.
        """

        mongo = DatabaseProvider()

        def __init__(self, make):
            super().__init__()
            self.make = make

        def setup(self):
            """Make the object."""
            from_platform = getattr(self.make, "from_platform", None)
            if from_platform:
                self.made = from_platform(self.mongo.database, self.container.settings)
            else:
                self.made = self.make(self.mongo.database)

        def get_dependency(self, worker_ctx):
            """Give the object; it is the same for every call."""
            return self.made
