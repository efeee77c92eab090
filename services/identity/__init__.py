"""Who a person is, who vouches for it, who may act, and who may listen."""
