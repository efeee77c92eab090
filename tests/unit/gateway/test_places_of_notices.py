"""Each notice that somebody is told on a page leads to what it speaks of."""

import pytest

from gateway.web.pages import ALL
from gateway.web.pages.resident.notices import place_of
from services.identity.notices.notifications.acts import ACTS
from services.identity.notices.notifications.model import TEMPLATES

TOLD = sorted(
    {
        *ACTS,
        *(name for name, told in TEMPLATES.items() if {field for field, _ in told} - {"department_id"}),
    }
)


@pytest.mark.parametrize("about", TOLD)
def test_a_notice_to_a_resident_leads_to_a_page(about):
    place = place_of({"about": about, "subject": "0123"})
    pages = {page.path.partition("{")[0] for page in ALL.values()}
    assert place and (place in pages or place.removesuffix("0123") in pages), f"{about} leads nowhere"
