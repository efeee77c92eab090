"""Documents in MongoDB: stores, projections, encryption at rest, search, paging, the inbox."""
