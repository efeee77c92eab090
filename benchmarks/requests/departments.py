"""Departments that hear everything a county does, each by a stream of its own: what their listening costs a write."""

from datetime import timedelta

from services.chassis.core.calls import event_call, utc_now
from services.chassis.storage.database import ServiceDatabase
from services.civic.settings import CivicSettings
from services.identity.divisions.regions.source import COUNTY
from services.identity.subscribers.departments.model import Department
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.departments.streams import DepartmentStreams

HEARD = ["affairs.*.*", "identity.*.*", "market.*.*", "integrity.*.*"]


def connect_departments(identity: ServiceDatabase, settings: CivicSettings, count: int) -> None:
    """Let so many departments receive every event of the county from now on, as if their grants had been confirmed."""
    streams, store, now = DepartmentStreams(settings), DepartmentStore(identity), utc_now()
    for number in range(count):
        department = Department(
            id=f"{number:032x}",
            region=COUNTY["code"],
            name=f"测试部门{number}",
            contact="数据科",
            purpose="统计乡村治理情况",
            legal_ground="《中华人民共和国统计法》",
            events=HEARD,
            delivery="stream",
            password_hash="none",
            applied_at=now,
            state="connected",
            confirmed_at=now,
            expires_at=now + timedelta(days=30),
        )
        streams.provision(department)
        store.add(department, [], event_call(department.id, {}))
