"""What departures hear of erasures."""

from services.civic.privacy.account_closure import AccountClosureListeners


class AccountClosureListeners(AccountClosureListeners):
    """`departures` is declared by the doors, `count_open` and `erase_person` are wired in the service."""
