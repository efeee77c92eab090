"""What preferences need of other capabilities; `services/identity/wiring/` says who gives it."""

from collections.abc import Callable

ConsentsToMessages = Callable[[str], bool]
"""Whether somebody lets messages be sent that nobody needs."""
