"""What a service's class is to whoever hosts it."""

from typing import Protocol


class Hosted(Protocol):
    """A class named `Service`: endpoints and listeners under the name by which the platform knows the service."""

    name: str
