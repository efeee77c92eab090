"""A made-up county with everybody in it, the same each time: for tests that need many, and for what is measured."""
