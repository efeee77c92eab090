"""Whose page sent a form, by what browsers say of it."""

import pytest

from gateway.web.stamps import came_from_us

HOST = "xiangzhi.example"


@pytest.mark.parametrize(
    ("headers", "signs_in", "ours"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": f"https://{HOST}"}, False, False),
        ({"Origin": f"https://{HOST}"}, True, True),
        ({"Origin": "https://evil.example"}, False, False),
        ({"Origin": "http://[::1"}, False, False),
        ({"Origin": "http://[::1"}, True, False),
        ({"Origin": ""}, False, False),
        ({}, False, True),
        ({}, True, False),
        ({"Origin": "null"}, True, False),
    ],
)
def test_a_form_came_from_us_where_the_browser_says_so_or_cannot(headers, signs_in, ours):
    assert came_from_us(headers, HOST, signs_in) is ours
