"""An operation of a county's service: also at which assurance residents may call it, and under which mandates."""

from dataclasses import dataclass

from services.chassis.rpc.operation import RpcOperation
from services.civic.assurance import LEVELS


@dataclass(frozen=True, eq=False)
class Operation(RpcOperation):
    """An operation as a contract declares it: `place_order = Operation(PlaceOrder, Order, allow=("resident",), writes=True)`.

    `mandate` is the scope of the mandates under which it may be used for another person; None: under none. `assurance` is
    the level (`services.civic.assurance`) at which residents may call it, None where it says nothing of them. Raises
    TypeError where there is no such level or nobody whom it could bind. `in_full` says of a read that it shows what is personal,
    or confidential, unmasked: it asks for the session each time, as writes do. `unnamed` says
    that the gateway sends it without the caller, who is nobody's business, under a key of its own; `unless` names the field of the request
    that is true where the caller wants to be known.
    """

    mandate: str | None = None
    assurance: int | None = None
    in_full: bool = False
    unnamed: bool = False
    unless: str = ""

    def __post_init__(self) -> None:
        """Refuse a level that is none, or that would bind nobody."""
        super().__post_init__()
        if self.assurance is not None and (
            "resident" not in self.allow or self.assurance not in range(len(LEVELS))
        ):
            raise TypeError("assurance must be one of the levels, on an operation that names residents")
