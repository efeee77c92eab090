"""The table of what other departments subscribe to; a subscription here is one for the town of 黑虎村."""

import uuid
from datetime import UTC, datetime, timedelta

from deploy.local.story.identity import TOWN
from services.chassis.core.calls import write_call
from services.civic.actor import SYSTEM
from services.identity.subscribers.webhooks.deliveries import FailedDelivery
from services.identity.subscribers.webhooks.store import FailedDeliveryStore
from tests.e2e.authorization.cast import SUBSCRIPTION
from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import DEPARTMENTS, EVERYBODY, ONE_OF_EACH_KIND

OFFICERS = "data officer, county administrator"
OWN = "/departments/own/webhook"
ONE = "/departments/{department_id}"
REASON = {"reason": "用途改变"}


def an_application(cast) -> dict:
    """A department that has applied."""
    made = cast["nobody"].post("/departments", {**SUBSCRIPTION, "delivery": "pull"}, expect=201)
    return {"department_id": made["id"], "id": made["id"]}


def a_grant(cast) -> dict:
    """A department whose application was granted."""
    made = an_application(cast)
    cast["data officer"].post(f"/departments/{made['id']}/grant")
    return made


def the_department(cast) -> dict:
    """The department that gets its events at a webhook."""
    return {"department_id": cast["department"].id}


def the_webhooks_address(cast) -> dict:
    """The address that both departments have already."""
    return {"webhook_url": cast.webhook_url}


def a_failure(cast) -> dict:
    """An event that the department's endpoint did not take, written down as the sender would."""
    database, now = cast.platform.database("identity"), datetime.now(UTC)
    failed = FailedDelivery(
        id=f"failed-{uuid.uuid4().hex}",
        region=TOWN,
        department=cast["department"].id,
        event_id="not-taken",
        event="identity.resident.certified",
        position=database.feed.find_one(sort=[("_id", 1)])["_id"],
        tries=1,
        first_failed_at=now,
        last_failed_at=now,
        last_error="status_500",
        next_try_at=now + timedelta(hours=1),
    )
    FailedDeliveryStore(database).add(failed, [], write_call("test", {}, SYSTEM, failed.id))
    return {"failure_id": failed.id, "id": failed.id, "department_id": cast["department"].id}


NOTHING_TO_MEND = dict.fromkeys(DEPARTMENTS.split(", "), "webhook.active_already")

ROWS = [
    Row("GET /event-types", EVERYBODY),
    Row("POST /departments", EVERYBODY, send=SUBSCRIPTION, tried_by=ONE_OF_EACH_KIND),
    Row("GET /departments", OFFICERS, an_application, lists=True),
    Row("GET /departments/own", DEPARTMENTS),
    Row(f"GET {ONE}", OFFICERS, an_application),
    Row(f"POST {ONE}/grant", OFFICERS, an_application),
    Row(f"POST {ONE}/refusal", OFFICERS, an_application, REASON),
    Row(f"POST {ONE}/revocation", OFFICERS, a_grant, REASON),
    Row("GET /events", DEPARTMENTS),
    Row(f"POST {OWN}/address", DEPARTMENTS, the_webhooks_address, dict),
    Row(f"POST {OWN}/enabling", "", told=NOTHING_TO_MEND),
    Row(f"POST {OWN}/secret-rotation", DEPARTMENTS),
    Row(f"POST {OWN}/replay", DEPARTMENTS, send={"beginning": True}),
    Row(f"GET {OWN}/failures", "department", a_failure, lists=True),
    Row(f"POST {OWN}/failures/{{failure_id}}/resending", "department", a_failure),
    Row(f"GET {ONE}/webhook", OFFICERS, the_department),
    Row(f"GET {ONE}/webhook/failures", OFFICERS, a_failure, lists=True),
]
