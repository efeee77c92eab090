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
        "IDENTITY_HASH_KEY": KEY,
        "RETRY_DELAYS": "1,2.5",
        "PUBLIC_URL": "https://a",
    }
    settings = Settings.from_environment(given)
    assert (settings.max_workers, settings.relay_sweep, settings.retry_delays) == (7, 0.5, (1.0, 2.5))
    assert settings.identity_hash_key == b"k" * 32


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
        ("IDENTITY_HASH_KEY", "not base64!"),
        ("IDENTITY_HASH_KEY", base64.b64encode(b"short").decode()),
        ("MASTER_KEY", KEY),
        ("OLD_MASTER_KEY", KEY),
        ("AMQP_URI", "http://127.0.0.1"),
        ("MONGODB_URI", "localhost:27017"),
        ("LOG_LEVEL", "CHATTY"),
        ("TRUSTED_PROXIES", "-1"),
    ],
)
def test_a_wrong_value_is_refused_with_the_name_of_its_variable(name, value):
    with pytest.raises(WrongSetting, match=name):
        Settings.from_environment({name: value})


def test_a_secret_value_is_not_repeated_in_the_refusal():
    with pytest.raises(WrongSetting) as refused:
        Settings.from_environment({"IDENTITY_HASH_KEY": "my secret key!"})
    assert "my secret key!" not in str(refused.value)


def test_a_process_names_what_it_cannot_work_without():
    with pytest.raises(WrongSetting, match="IDENTITY_HASH_KEY"):
        Settings().required("identity_hash_key")


def test_every_setting_can_stand_in_a_file_and_an_empty_file_is_not_set(tmp_path):
    secret, empty = tmp_path / "secret", tmp_path / "empty"
    secret.write_text(f"{KEY}\n")
    empty.write_text("\n")
    read = Settings.from_environment({"IDENTITY_HASH_KEY_FILE": str(secret), "AMQP_URI_FILE": str(empty)})
    assert read.identity_hash_key == b"k" * 32 and read.amqp_uri == Settings().amqp_uri


@pytest.mark.parametrize(
    ("more", "why"), [({"LOG_LEVEL_FILE": "/nowhere"}, "cannot be read"), ({"LOG_LEVEL": "INFO"}, "both set")]
)
def test_a_file_that_cannot_be_read_and_a_setting_given_twice_are_refused_by_name(more, why):
    with pytest.raises(WrongSetting, match=rf"LOG_LEVEL_FILE.*{why}"):
        Settings.from_environment({"LOG_LEVEL_FILE": __file__, **more})
