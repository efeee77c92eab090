"""Settings of a county: wrong terms and halves of a provider are refused at start, as are the chassis' own."""

import base64

import pytest

from services.chassis.core.settings import WrongSetting
from services.chassis.runtime.discovery import service_classes, settings_of
from services.civic.settings import CivicSettings


def test_every_service_of_the_county_has_them():
    assert {type(settings_of(service)) for service in service_classes()} == {CivicSettings}


def test_services_together_have_what_the_most_special_of_them_has():
    bare = type("Bare", (), {})
    assert type(settings_of(bare, *service_classes(), bare)) is CivicSettings


def test_names_of_roles_are_read_and_nobody_is_an_answer_too():
    assert CivicSettings.from_environment({"SECOND_FACTOR_ROLES": "a, b"}).second_factor_roles == ("a", "b")
    assert CivicSettings.from_environment({"SECOND_FACTOR_ROLES": "none"}).second_factor_roles == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAX_WORKERS", "0"),
        ("RECEIPT_KEY", base64.b64encode(b"short").decode()),
        ("CERTIFICATION_DAYS", "0"),
        ("ERASURE_COOLING_DAYS", "31"),
        ("EXPORT_KEPT_DAYS", "0"),
        ("PROOF_OF_WORK_BITS", "0"),
        ("PROOF_OF_WORK_BITS", "31"),
        ("SMS_URL", "ftp://somewhere"),
        ("REGISTER_URL", "ftp://somewhere"),
        ("WECHAT_API_URL", "ftp://somewhere"),
        ("CLAMD_URL", "http://clamd:3310"),
        ("CLAMD_URL", "tcp://clamd"),
        ("CLAMD_URL", "tcp://clamd:port"),
        ("CLAMD_URL", "unix://"),
        ("SMS_QUIET_HOURS", "21-8"),
        ("SMS_QUIET_HOURS", "24:00-08:00"),
        ("SMS_WINDOW", "-1"),
    ],
)
def test_a_wrong_value_is_refused_with_the_name_of_its_variable(name, value):
    with pytest.raises(WrongSetting, match=name):
        CivicSettings.from_environment({name: value})


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"SMS_URL": "https://sms.example"}, "SMS_SECRET"),
        ({"REGISTER_URL": "https://register.example"}, "REGISTER_SECRET"),
        ({"WECHAT_APP_ID": "wx1"}, "WECHAT_APP_SECRET"),
        ({"SMS_FALLBACK_URL": "https://b", "SMS_FALLBACK_SECRET": "s"}, "SMS_URL"),
        ({"SMS_URL": "https://a", "SMS_SECRET": "s", "SMS_FALLBACK_URL": "https://b"}, "SMS_FALLBACK_SECRET"),
    ],
)
def test_a_provider_without_secret_and_a_second_one_without_first_are_refused(given, name):
    with pytest.raises(WrongSetting, match=name):
        CivicSettings.from_environment(given)
