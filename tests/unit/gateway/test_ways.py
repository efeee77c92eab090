"""What is looked for among the matters and done on another page leads there."""

import pytest

from gateway.web.ways import ways_of


@pytest.mark.parametrize("text", ["我要举报", "举报村干部贪污", "我要舉報", "告 村支书", "检举信"])
def test_reporting_an_official_leads_to_the_page_of_reports(text):
    assert [way.to for way in ways_of(text)] == ["/report"]


@pytest.mark.parametrize("text", ["", "低保", "告别", "报到", "举办活动"])
def test_other_questions_lead_to_no_other_page(text):
    assert ways_of(text) == []
