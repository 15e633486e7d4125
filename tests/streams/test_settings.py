"""Settings: where they come from, and what is said of bad ones."""

from __future__ import annotations

import pytest

from schemas.errors import SettingsError
from streams.settings import Settings, as_environment, bootstrap_servers, known_variables, load
from wirespin.framing import Thresholds


def test_defaults_are_told_as_such() -> None:
    loaded = load({})
    assert loaded.settings == Settings()
    assert loaded.settings.embedded
    assert set(loaded.origins.values()) == {"default"}


def test_a_flag_beats_the_environment_and_each_tells_its_origin() -> None:
    loaded = load(
        {"WIRESPIN_BROKER": "kafka://one:9092", "WIRESPIN_BATCH": "7", "PATH": "/bin"}, {"broker": "kafka://two:9092"}
    )
    assert (loaded.settings.broker, loaded.settings.batch) == ("kafka://two:9092", 7)
    assert (loaded.origins["broker"], loaded.origins["batch"]) == ("--broker", "WIRESPIN_BATCH")


def test_a_flag_that_was_not_given_changes_nothing() -> None:
    assert load({}, {"broker": None}).settings.embedded


@pytest.mark.parametrize(
    ("variable", "suggested"),
    [("WIRESPIN_BROKR", "WIRESPIN_BROKER"), ("WIRESPIN_STORY_PARTITION", "WIRESPIN_STORY_PARTITIONS")],
)
def test_an_unknown_variable_is_refused_with_the_right_one(variable: str, suggested: str) -> None:
    with pytest.raises(SettingsError, match=f"{variable}.*did you mean {suggested}"):
        load({variable: "1"})


def test_an_unknown_variable_like_none_of_ours_points_to_the_list() -> None:
    with pytest.raises(SettingsError, match="wirespin config"):
        load({"WIRESPIN_QQQQQQQQQQQQQ": "1"})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("WIRESPIN_BATCH", "many"),
        ("WIRESPIN_BATCH", "0"),
        ("WIRESPIN_BROKER", "localhost:9092"),
        ("WIRESPIN_BROKER", "kafka://"),
        ("WIRESPIN_BROKER", "kafka://host"),
        ("WIRESPIN_BROKER", "kafka://host:port"),
        ("WIRESPIN_PREFIX", "Has Space"),
        ("WIRESPIN_WINDOW_DAYS", "-1"),
        ("WIRESPIN_SECURITY_PROTOCOL", "TLS"),
        ("WIRESPIN_LOG_LEVEL", "loud"),
    ],
)
def test_a_bad_value_names_the_variable_and_the_value(variable: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load({variable: value})
    assert variable in str(caught.value)
    assert value in str(caught.value)


def test_several_servers() -> None:
    assert bootstrap_servers("kafka://a:1,b:2") == "a:1,b:2"
    assert load({"WIRESPIN_BROKER": "kafka://[::1]:9092"}).settings.broker == "kafka://[::1]:9092"


def test_the_thresholds_are_what_the_comparison_is_given() -> None:
    assert Settings().thresholds == Thresholds()
    given = load({"WIRESPIN_ALERT_THRESHOLD": "0.8", "WIRESPIN_UNSURE_THRESHOLD": "0.6"}).settings
    assert given.thresholds == Thresholds(0.8, 0.6)


def test_an_alert_threshold_below_the_unsure_one_leaves_no_room_for_doubt() -> None:
    assert load({"WIRESPIN_ALERT_THRESHOLD": "0.2"}).settings.thresholds == Thresholds(0.2, 0.2)


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"WIRESPIN_ALERT_THRESHOLD": "0"}, "WIRESPIN_ALERT_THRESHOLD"),
        ({"WIRESPIN_ALERT_THRESHOLD": "1.01"}, "WIRESPIN_ALERT_THRESHOLD"),
        ({"WIRESPIN_ALERT_THRESHOLD": "nan"}, "WIRESPIN_ALERT_THRESHOLD"),
        ({"WIRESPIN_UNSURE_THRESHOLD": "0.9"}, "must not be above the alert threshold"),
    ],
)
def test_thresholds_out_of_range_or_order_are_refused(environment: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(environment)
    assert named in str(caught.value)


def test_every_field_has_a_variable_and_a_description() -> None:
    assert set(known_variables().values()) == set(Settings.model_fields)
    assert all(field.description for field in Settings.model_fields.values())


CHANGED = Settings(broker="kafka://h:1", batch=3, sasl_password="p", window_days=2.5, alert_threshold=0.2)


@pytest.mark.parametrize("settings", [Settings(), CHANGED])
def test_settings_survive_the_way_through_an_environment(settings: Settings) -> None:
    assert load(as_environment(settings)).settings == settings
