"""Who may do what, and where: one row for each route, one seat for each role at home and elsewhere.

`seats` says who calls, `row` how a row is read, `scene` what stands before the call; the other files are the table itself.
"""
