"""How much is sold, exact to a thousandth of the unit, and what it costs."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.market.selling.amounts import UNIT, format_amount, rounded_up_units, to_milli, total_fen


@given(st.integers(1, 10_000_000), st.integers(1, 1_000 * UNIT))
def test_a_total_is_the_exact_product_with_half_a_fen_rounded_up(price_fen, milli):
    product = Decimal(price_fen) * Decimal(milli) / UNIT
    assert total_fen(price_fen, milli) == int(product.quantize(Decimal(1), ROUND_HALF_UP))


@pytest.mark.parametrize(
    ("price_fen", "milli", "total"),
    [(680, 500, 340), (685, 500, 343), (5, 100, 1), (4, 100, 0), (333, 333, 111), (6800, 2000, 13600)],
)
def test_what_villagers_weigh_costs_what_they_reckon(price_fen, milli, total):
    assert total_fen(price_fen, milli) == total


@pytest.mark.parametrize(
    ("milli", "text"), [(500, "0.5"), (1000, "1"), (10_000, "10"), (1050, "1.05"), (1, "0.001")]
)
def test_an_amount_is_written_as_people_write_it(milli, text):
    assert format_amount(milli) == text


def test_whole_units_of_older_clients_and_events_mean_what_they_meant():
    assert to_milli({"quantity": 2}, "quantity") == to_milli({"quantity_milli": 2000}, "quantity") == 2000
    assert to_milli({"quantity": 2, "quantity_milli": 1500}, "quantity") == 1500
    assert [rounded_up_units(milli) for milli in (1, 999, 1000, 1001, 1500)] == [1, 1, 1, 2, 2]
