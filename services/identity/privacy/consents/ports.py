"""What consents need of other capabilities; `services/identity/wiring/` says who gives it."""

from collections.abc import Callable

RegionOf = Callable[[str], tuple[str, str]]
"""A resident's village and the edition in which it is read; raises NotFound."""
