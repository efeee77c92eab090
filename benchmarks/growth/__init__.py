"""What a county, a province and the country would need, computed from measured unit costs: `python -m benchmarks.growth`."""
