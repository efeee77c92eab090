"""Windows of people who follow a tutorial, and officials to follow it as."""

import uuid

import pytest

from deploy.local.story.identity import PASSWORD
from tests.e2e.web.reader import Reader


@pytest.fixture
def window(chromium, platform):
    """Give a browser of its own to each who comes."""
    opened: list[Reader] = []

    def another(**more) -> Reader:
        opened.append(Reader.on(chromium, platform.base, **more))
        return opened[-1]

    yield another
    for one in opened:
        one.close()


@pytest.fixture
def in_office(platform, staff):
    """Appoint somebody who has chosen a password; gives login and password, as the story's end does."""

    def appointed(role: str, region: str) -> tuple[str, str]:
        body = {"name": "故事人员", "login": f"t-{uuid.uuid4().hex[:12]}", "role": role, "region": region}
        made = staff["county"].post("/officials", body, expect=201)
        platform.person(role).sign_in(body["login"], PASSWORD, first=made["one_time_password"])
        return body["login"], PASSWORD

    return appointed
