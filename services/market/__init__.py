"""What villages sell: offers vouched for by the village, orders that never oversell, money never lost."""
