"""Who must wait reads how long, in words and never too little."""

from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.clock import in_words
from services.identity.access.sessions.rules import too_many_attempts
from services.identity.access.verification_codes.model import too_many_codes

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 秒"),
        (59, "59 秒"),
        (60, "1 分钟"),
        (61, "2 分钟"),
        (3540, "59 分钟"),
        (3600, "1 小时"),
        (3601, "2 小时"),
    ],
)
def test_a_wait_is_told_in_words(seconds, words):
    assert in_words(seconds) == words


def test_a_refusal_says_how_long_as_its_retry_after_does():
    refused = too_many_codes(NOW + timedelta(hours=1), NOW)
    assert "请在 1 小时后再试" in refused.message and refused.detail["retry_after"] == 3600
    refused = too_many_attempts(timedelta(seconds=30))
    assert "请在 30 秒后再试" in refused.message and refused.detail["retry_after"] == 30
