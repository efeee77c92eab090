"""The table of what other departments subscribe to; a subscription here is one for the town of 黑虎村."""

import uuid
from datetime import UTC, datetime, timedelta

from deploy.local.story.identity import TOWN
from services.chassis.core.calls import write_call
from services.civic.actor import SYSTEM
from services.identity.subscribers.feed.disclosures import DepartmentDisclosures
from services.identity.subscribers.feed.model import DepartmentDisclosure
from services.identity.subscribers.webhooks.deliveries import FailedDelivery
from services.identity.subscribers.webhooks.store import FailedDeliveryStore
from tests.e2e.authorization.cast import SUBSCRIPTION
from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import DEPARTMENTS, EVERYBODY, ONE_OF_EACH_KIND, RESIDENTS

OFFICERS = "data officer, county administrator"
OWN = "/departments/own/webhook"
ONE = "/departments/{department_id}"
REASON = {"reason": "用途改变"}
RENEWAL = {"reason": "业务需要继续使用"}


def an_application(cast) -> dict:
    """A department that has applied."""
    made = cast["nobody"].post("/departments", {**SUBSCRIPTION, "delivery": "pull"}, expect=201)
    return {"department_id": made["id"], "id": made["id"]}


def a_grant(cast) -> dict:
    """A department whose application was granted."""
    made = an_application(cast)
    cast["data officer"].post(f"/departments/{made['id']}/grant")
    return made


def an_unconfirmed_office(cast) -> dict:
    """A department that has applied, and the code that it is told."""
    made = an_application(cast)
    return {**made, "code": cast.office_code(made["id"])}


def an_asked_change(cast) -> dict:
    """The department asks for renewal; what it asked before is replaced."""
    cast["department"].post("/departments/own/change", RENEWAL)
    return {"department_id": cast["department"].id}


def a_machine_key(cast) -> dict:
    """A key of one of the department's machines."""
    made = cast["department"].post("/departments/own/machine-keys", {"name": "采集机"}, expect=201)
    return {"key_id": made["id"]}


def a_disclosure(cast) -> dict:
    """The owner's name went to the department, noted as delivery would."""
    told = DepartmentDisclosure(
        cast["department"].id,
        "made-up",
        cast["owner"].id,
        ("resident_name",),
        datetime.now(UTC),
        "统计局",
        "x",
    )
    DepartmentDisclosures(cast.platform.database("identity")).note([told])
    return {"department_id": told.department, "id": told.person}


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


NO_STREAM = dict.fromkeys(DEPARTMENTS.split(", "), "department.no_stream")
NO_READER = dict.fromkeys(DEPARTMENTS.split(", "), "department.reader_unknown")
WITHOUT_DEPARTMENTS = ONE_OF_EACH_KIND.replace("department, ", "")
"""For what would end what the departments of the table come in with."""
NOTHING_TO_MEND = dict.fromkeys(DEPARTMENTS.split(", "), "webhook.active_already")

ROWS = [
    Row("GET /event-types", EVERYBODY),
    Row("POST /departments", EVERYBODY, send=SUBSCRIPTION, tried_by=ONE_OF_EACH_KIND),
    Row("GET /departments", f"{OFFICERS}, auditor", an_application, lists=True),
    Row("GET /departments/own", DEPARTMENTS),
    Row(f"GET {ONE}", OFFICERS, an_application),
    Row(f"POST {ONE}/grant", OFFICERS, an_application),
    Row(f"POST {ONE}/refusal", OFFICERS, an_application, REASON),
    Row(f"POST {ONE}/revocation", OFFICERS, a_grant, REASON),
    Row(
        f"POST {ONE}/confirmation",
        OFFICERS,
        an_unconfirmed_office,
        lambda made: {"code": made["code"], "way": "phone"},
    ),
    Row(f"POST {ONE}/change/grant", OFFICERS, an_asked_change),
    Row(f"POST {ONE}/change/refusal", OFFICERS, an_asked_change, REASON),
    Row("GET /events", DEPARTMENTS),
    Row("GET /departments/own/disclosures", DEPARTMENTS),
    Row(f"GET {ONE}/disclosures", f"{OFFICERS}, auditor", a_disclosure),
    Row("GET /disclosures/mine/departments", RESIDENTS, a_disclosure),
    Row("POST /departments/own/narrowing", DEPARTMENTS),
    Row("POST /departments/own/change", DEPARTMENTS, send=RENEWAL),
    Row("POST /departments/own/key-rotation", DEPARTMENTS, tried_by=WITHOUT_DEPARTMENTS),
    Row("POST /departments/own/ending", DEPARTMENTS, tried_by=WITHOUT_DEPARTMENTS),
    Row("POST /departments/own/machine-keys", DEPARTMENTS, send={"name": "采集机"}),
    Row("DELETE /departments/own/machine-keys/{key_id}", "department", a_machine_key),
    Row("POST /departments/own/stream/readers", "", send={"name": "second"}, told=NO_STREAM),
    Row(
        "DELETE /departments/own/stream/readers/{reader}",
        "",
        lambda cast: {"reader": "nobody"},
        told=NO_READER,
    ),
    Row("POST /departments/own/stream/password-rotation", "", told=NO_STREAM),
    Row(f"POST {OWN}/address", DEPARTMENTS, the_webhooks_address, dict),
    Row(f"POST {OWN}/ping", DEPARTMENTS),
    Row(f"GET {OWN}/deliveries", DEPARTMENTS),
    Row(f"POST {OWN}/enabling", "", told=NOTHING_TO_MEND),
    Row(f"POST {OWN}/secret-rotation", DEPARTMENTS),
    Row(f"POST {OWN}/replay", DEPARTMENTS, send={"beginning": True}),
    Row(f"GET {OWN}/failures", "department", a_failure, lists=True),
    Row(f"POST {OWN}/failures/{{failure_id}}/resending", "department", a_failure),
    Row(f"GET {ONE}/webhook", OFFICERS, the_department),
    Row(f"GET {ONE}/webhook/failures", OFFICERS, a_failure, lists=True),
]
