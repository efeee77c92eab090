"""Departments with failed webhooks, enough of them that an index is worth its while."""

from datetime import UTC, datetime, timedelta

from services.chassis.core.calls import write_call
from services.chassis.events.registry import import_all
from services.civic.actor import ANONYMOUS
from services.identity.subscribers.departments.model import (
    Department,
)
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.feed.disclosures import DepartmentDisclosures
from services.identity.subscribers.feed.model import DepartmentDisclosure
from services.identity.subscribers.webhooks.deliveries import DeliveryAttempt, FailedDelivery
from services.identity.subscribers.webhooks.model import Webhook
from services.identity.subscribers.webhooks.store import AttemptStore, FailedDeliveryStore, WebhookStore

COUNTY = "510183"
NOW = datetime.now(UTC).replace(microsecond=0)
STATES = ("applied", "granted", "connected", "refused", "revoked", "expired")


def make_departments(database) -> None:
    """Write 300 departments in all states and 600 failed deliveries of the first connected ones."""
    import_all()
    stores = DepartmentStore(database), WebhookStore(database), FailedDeliveryStore(database)
    for number in range(300):
        _department(stores[0], number)
    for number in range(600):
        _failure(stores[2], f"department-{(number % 3) * 12 + 2}", number)
    DepartmentDisclosures(database).note([_disclosure(number) for number in range(600)])
    for number in range(600):
        _attempt(AttemptStore(database), f"department-{(number % 3) * 12 + 2}", number)
    for number in range(0, 300, 12):
        id = f"department-{number + 2}"
        webhook = Webhook(id=id, region=COUNTY, since=NOW)
        stores[1].add(webhook, [], _call(id))


def _department(departments: DepartmentStore, number: int) -> None:
    state = STATES[number % len(STATES)]
    webhook = number % 12 == 2
    department = Department(
        id=f"department-{number}",
        region=COUNTY,
        name="测试部门",
        contact="数据科",
        purpose="统计",
        legal_ground="《中华人民共和国统计法》",
        events=["affairs.application.*", "market.order.paid"],
        delivery="webhook" if webhook else "stream",
        webhook_url="https://hook.example/" if webhook else None,
        password_hash="",
        applied_at=NOW - timedelta(hours=number),
        state=state,
        expires_at=NOW + timedelta(days=30) if state != "applied" else None,
    )
    departments.add(department, [], _call(department.id))


def _failure(failures: FailedDeliveryStore, department: str, number: int) -> None:
    at = NOW - timedelta(minutes=number)
    failure = FailedDelivery(
        id=f"failure-{number}",
        region=COUNTY,
        department=department,
        state=("waiting", "given_up", "delivered")[number // 3 % 3],
        **_told(number, at),
    )
    failures.add(failure, [], _call(failure.id))


def _disclosure(number: int) -> DepartmentDisclosure:
    """What of one of two hundred people went to one of three departments."""
    at = NOW - timedelta(minutes=number)
    to, person = f"department-{(number % 3) * 12 + 2}", f"person-{number % 200}"
    return DepartmentDisclosure(to, f"event-{number}", person, ("resident_name",), at, "测试部门", "x")


def _attempt(attempts: AttemptStore, department: str, number: int) -> None:
    at = NOW - timedelta(minutes=number)
    known = (
        f"attempt-{number}",
        COUNTY,
        department,
        number,
        f"event-{number}",
        "affairs.application.decided",
        number,
    )
    attempt = DeliveryAttempt(*known, 1, at, 5, 204, None, "", at + timedelta(days=7))
    attempts.add(attempt, [], _call(attempt.id))


def _told(number: int, at: datetime) -> dict:
    return {
        "event_id": f"event-{number}",
        "event": "affairs.application.decided",
        "position": number,
        "tries": 1,
        "first_failed_at": at,
        "last_failed_at": at,
        "last_error": "no answer",
        "next_try_at": at + timedelta(hours=1),
    }


def _call(key: str):
    return write_call("seed", {}, ANONYMOUS, key)
