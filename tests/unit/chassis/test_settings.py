"""Wrong settings are refused at start, with the name of the variable and what it takes."""

import base64

import pytest

from services.chassis.core.settings import Settings, WrongSetting

KEY = base64.b64encode(b"k" * 32).decode()


def test_what_is_not_set_has_its_default():
    assert Settings.from_environment({}) == Settings()


def test_every_kind_of_value_is_read():
    given = {
        "MAX_WORKERS": "7",
        "RELAY_SWEEP": "0.5",
        "RECEIPT_KEY": KEY,
        "RETRY_DELAYS": "1,2.5",
        "PUBLIC_URL": "https://a",
    }
    settings = Settings.from_environment(given)
    assert (settings.max_workers, settings.relay_sweep, settings.retry_delays) == (7, 0.5, (1.0, 2.5))
    assert settings.receipt_key == b"k" * 32


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAX_WORKERS", "many"),
        ("MAX_WORKERS", "0"),
        ("RELAY_SWEEP", "-1"),
        ("RPC_TIMEOUT", "nan"),
        ("CACHE_MAX_AGE", "-1"),
        ("CACHE_MAX_AGE", "inf"),
        ("CACHE_MAX_BYTES", "-1"),
        ("RETRY_DELAYS", "1,,2"),
        ("RETRY_DELAYS", "0"),
        ("RECEIPT_KEY", "not base64!"),
        ("RECEIPT_KEY", base64.b64encode(b"short").decode()),
        ("MASTER_KEY", KEY),
        ("OLD_MASTER_KEY", KEY),
        ("AMQP_URI", "http://127.0.0.1"),
        ("MONGODB_URI", "localhost:27017"),
        ("LOG_LEVEL", "CHATTY"),
        ("TRUSTED_PROXIES", "-1"),
        ("SMS_URL", "ftp://somewhere"),
        ("REGISTER_URL", "ftp://somewhere"),
        ("SMS_QUIET_HOURS", "21-8"),
        ("SMS_QUIET_HOURS", "24:00-08:00"),
        ("SMS_WINDOW", "-1"),
    ],
)
def test_a_wrong_value_is_refused_with_the_name_of_its_variable(name, value):
    with pytest.raises(WrongSetting, match=name):
        Settings.from_environment({name: value})


def test_a_secret_value_is_not_repeated_in_the_refusal():
    with pytest.raises(WrongSetting) as refused:
        Settings.from_environment({"RECEIPT_KEY": "my secret key!"})
    assert "my secret key!" not in str(refused.value)


def test_a_process_names_what_it_cannot_work_without():
    with pytest.raises(WrongSetting, match="RECEIPT_KEY"):
        Settings().required("receipt_key")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"SMS_URL": "https://sms.example"}, "SMS_SECRET"),
        ({"REGISTER_URL": "https://register.example"}, "REGISTER_SECRET"),
        ({"SMS_FALLBACK_URL": "https://b", "SMS_FALLBACK_SECRET": "s"}, "SMS_URL"),
        ({"SMS_URL": "https://a", "SMS_SECRET": "s", "SMS_FALLBACK_URL": "https://b"}, "SMS_FALLBACK_SECRET"),
    ],
)
def test_a_provider_without_secret_and_a_second_one_without_first_are_refused(given, name):
    with pytest.raises(WrongSetting, match=name):
        Settings.from_environment(given)
