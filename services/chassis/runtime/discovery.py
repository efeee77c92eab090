"""Which services there are, and of which class each one's settings are: read from the folders, named nowhere."""

import importlib
import pkgutil
from collections.abc import Iterator

import services
from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.runtime.hosted import Hosted


def service_classes() -> Iterator[type[Hosted]]:
    """Give the class `Service` of every folder in services/ that has a service.py."""
    for module in pkgutil.iter_modules(services.__path__):
        name = f"services.{module.name}.service"
        if module.ispkg and importlib.util.find_spec(name):
            yield importlib.import_module(name).Service


def find_service(name: str) -> type[Hosted]:
    """Give the class of `services.<name>.service`; raises WrongSetting where there is none."""
    module = f"services.{name}.service"
    try:
        return importlib.import_module(module).Service
    except ModuleNotFoundError as error:
        if error.name and module.startswith(error.name):
            sentence = f"There is no service {name!r}: name one of the folders in services/."
            raise WrongSetting(sentence) from None
        raise
    except AttributeError:
        raise WrongSetting(f"{module} has no class Service.") from None


def settings_of(*found: type) -> Settings:
    """Read the environment as these service classes want it; raises WrongSetting.

    A class names its own `settings`, so that what starts a service need not know what the service is about. Services of one
    platform stand on one line of such classes: together they get the most special one.
    """
    wanted = (getattr(service, "settings", Settings) for service in found)
    return max(wanted, key=lambda one: len(one.__mro__), default=Settings).from_environment()
