"""Reports about officials: categories, cases, receipts."""
