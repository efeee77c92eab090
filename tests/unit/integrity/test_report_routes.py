"""The reports' routes keep receipts out of addresses and callers out of logs."""

from gateway.routes.integrity.reports.cases import routes
from gateway.routing import PUBLIC


def test_every_public_route_of_reports_is_confidential_and_takes_its_receipt_in_the_body():
    public = [route for route in routes.all if route.guard == PUBLIC]
    assert len(public) == 6
    for route in public:
        assert route.operation.confidential and route.verb == "POST" and "{" not in route.path, route.path
    assert all(not route.operation.confidential for route in routes.all if route not in public)
