"""A whole county beside a hundredth of it, under the same operations: `make bench-scale`.

Every operation should cost the same in both: a list reads its page from an index, however many rows lie behind it.
"""
