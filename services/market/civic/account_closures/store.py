"""Departures as documents."""

from services.civic.privacy import account_closure


class AccountClosureStore(account_closure.AccountClosureStore):
    """The departures' collection of market."""

    service = "market"
