"""The whole table, in the order in which it is tried."""

from tests.e2e.authorization import affairs, departments, identity, integrity, market

ROWS = [*identity.ROWS, *departments.ROWS, *affairs.ROWS, *market.ROWS, *integrity.ROWS, *identity.LAST]
