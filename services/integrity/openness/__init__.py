"""What the public may see of a village, and can check: the powers. What its capabilities hold in common stands in its modules."""
