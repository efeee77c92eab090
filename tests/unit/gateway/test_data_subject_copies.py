"""The copy of one's own data as it is put together: what lacks is named, and the PDF can be read."""

import subprocess
import sys

import orjson
import pytest
from flask import Flask

from gateway.data_subject_copies import finished
from gateway.paper import press
from services.chassis.core.errors import Unavailable
from services.civic.actor import SYSTEM
from services.civic.settings import CivicSettings
from tests.unit.gateway.pages import texts

EXPORT = {
    "id": "0123456789abcdef", "state": "gathering", "asked_at": "2026-11-22T03:04:05+00:00", "resident_id": "r1",
    "expires_at": "2026-11-29T03:04:05+00:00", "missing": ["market"],
}  # fmt: skip
LABELS = {"name": "姓名", "registered_at": "注册时间", "appeal": "申诉", "reason": "理由"}
ROW = {
    "name": "王秀英<b>𠮷", "registered_at": "2026-11-22T03:04:05.123000+00:00", "reason": None,
    "appeal": {"reason": "户口在本村\n请核实", "decided": [True]},
}  # fmt: skip


class Services:
    """Answers for every service but the market, and keeps what it was asked."""

    def __init__(self, rows=1):
        self.asked, self.rows = None, rows

    def gather(self, requests, actor, timeout):
        self.asked = requests, actor
        section = {"section": "residents", "title": "账号资料", "labels": LABELS, "omitted": False}
        given = {"gathered_at": EXPORT["asked_at"], "sections": [{**section, "rows": [ROW] * self.rows}]}
        nothing = {"gathered_at": EXPORT["asked_at"], "sections": []}
        away = Unavailable("rpc.timeout", "系统处理超时，请稍后再试。")
        return {"identity": given, "affairs": nothing, "integrity": nothing, "market": away}


@pytest.fixture(autouse=True)
def app():
    app = Flask(__name__, static_folder=None)
    press.install(app, CivicSettings.from_environment())
    with app.app_context():
        yield


def test_a_part_that_cannot_be_given_is_named_and_the_others_are_given():
    services = Services()
    answer = finished(services, {"export_id": EXPORT["id"]}, EXPORT)
    parts = {one["service"]: one for one in orjson.loads(answer.get_data())["parts"]}
    assert parts["identity"]["sections"][0]["rows"] == [ROW] and parts["identity"]["detail"] is None
    assert parts["market"]["sections"] == [] and parts["market"]["detail"]
    requests, actor = services.asked
    assert actor is SYSTEM and {asked[2]["person"] for asked in requests.values()} == {"r1"}
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_pdf_is_chinese_that_can_be_read_and_says_what_lacks():
    answer = finished(Services(), {"format": "pdf"}, EXPORT)
    assert answer.content_type == "application/pdf"
    (page,) = texts(answer.get_data())
    text = page.replace("\n", "")
    for words in (
        "个人信息保护法",
        "姓名：王秀英<b>𠮷",
        "2026-11-22 11:04",
        "户口在本村",
        "系统处理超时",
        "没有您的信息",
    ):
        assert words in text, words
    assert "理由：" not in text


def test_a_long_section_goes_on_over_pages_and_says_where_the_rest_is():
    pages = texts(finished(Services(250), {"format": "pdf"}, EXPORT).get_data())
    text = "".join(pages)
    assert len(pages) > 3 and "200. 姓名" in text and "201. 姓名" not in text and "JSON" in text


def test_the_library_that_sets_pages_is_not_loaded_at_start():
    seen = "import sys, gateway.app; print([name for name in sys.modules if name.startswith(('typst', 'fontTools'))])"
    done = subprocess.run(
        [sys.executable, "-c", seen], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"
