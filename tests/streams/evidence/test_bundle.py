"""A bundle: made the same every time, and refused when a byte of it is another."""

from __future__ import annotations

import hashlib
import io
import zipfile

import orjson
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from schemas.disposition import Disposition
from schemas.errors import RecordError
from streams.evidence.archive import packed, unpacked
from streams.evidence.case import Case
from streams.evidence.contents import contents, thresholds
from streams.evidence.layout import MANIFEST, OPTIONAL, SUMS, WHAT, sums
from streams.evidence.verify import Check, verify
from tests.streams.evidence.cases import MADE, case, record
from wirespin.identity import digest, rules


def bundle(of: Case | None = None) -> dict[str, bytes]:
    return contents(of or case(), MADE)


def checks(files: dict[str, bytes]) -> dict[str, Check]:
    return {one.name: one for one in verify(packed(files, None), "x.zip")}


def decided(event: str) -> Case:
    said = Disposition(
        alert=case().event.key, event=event, verdict="dismissed", reason="a correction", by="N. N.",
        at="2026-11-22T13:00:00Z",
    )  # fmt: skip
    return case(disposition=said)


def test_the_same_case_gives_the_same_bytes_and_all_holds() -> None:
    first, second = (packed(bundle(), case().event.time) for _ in range(2))
    assert first == second
    assert [one.passed for one in verify(first, "x.zip")] == [True] * 6
    files = unpacked(first, "x.zip")
    assert set(files) == set(WHAT) - OPTIONAL | {SUMS}
    assert files["event.json"] == case().record.value


def test_a_republication_can_be_bundled_too() -> None:
    assert all(one.passed for one in checks(bundle(case("republication"))).values())


def test_entries_are_sorted_and_carry_the_event_s_time() -> None:
    with zipfile.ZipFile(io.BytesIO(packed(bundle(), "2023-06-12T10:20:30Z"))) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == sorted(bundle())
    assert {entry.date_time for entry in entries} == {(2023, 6, 12, 10, 20, 30)}


def test_sums_and_manifest_are_those_of_the_files() -> None:
    files = bundle()
    listed = [line.split("  ") for line in files[SUMS].decode().splitlines()]
    assert listed == [[hashlib.sha256(files[name]).hexdigest(), name] for name in sorted(files) if name != SUMS]
    manifest = orjson.loads(files[MANIFEST])
    assert {one["name"]: one["bytes"] for one in manifest["files"]} == {
        name: len(data) for name, data in files.items() if name not in (SUMS, MANIFEST)
    }
    assert manifest["rules"] == case().event.rules
    assert manifest["stands"]


@hypothesis_settings(max_examples=25)
@given(st.sampled_from(sorted(WHAT.keys() - OPTIONAL | {SUMS})), st.integers(0, 10**6), st.integers(1, 255))
def test_any_byte_that_is_another_is_noticed(name: str, at: int, flip: int) -> None:
    files = bundle()
    data = bytearray(files[name])
    data[at % len(data)] ^= flip
    assert checks(files | {name: bytes(data)})["sums"].passed is False


@pytest.mark.parametrize(
    ("name", "old", "new", "noticed"),
    [
        ("copy.json", b"unlikely events", b"expected events", "digests"),
        ("original.txt", b"Putin", b"Biden", "files"),
        ("event.json", b'"score":0.', b'"score":1.', "records"),
        ("event.json", b'"severity":0.5', b'"severity":0.6', "comparison"),
        ("event.json", b'"altered":"yes"', b'"altered":"no"', "comparison"),
        ("findings.json", b"verified", b"Verified", "files"),
        ("manifest.json", b'"bytes": 1', b'"bytes": 2', "manifest"),
        ("manifest.json", b'"verified": 14', b'"verified": 15', "files"),
        ("manifest.json", b'"name": "copy.txt"', b'"name": 7', "manifest"),
        ("manifest.json", b"how the comparison works", b"how it fails", "files"),
        ("what-this-is.txt", b"It does NOT claim", b"It does claim", "files"),
        ("history.json", b'"withdrawn": false', b'"withdrawn": true', "files"),
        ("history.json", b'"said": [', b'"said": 1, "x": [', "records"),
        ("timeline.json", b"2023-06-12", b"2023-06-13", "files"),
        ("records.json", b'"offset": 5', b'"offset": 6', "records"),
        ("records.json", b'"offset": 5', b'"offset": "x"', "records"),
    ],
)
def test_a_change_with_new_sums_is_noticed_by_what_it_breaks(name: str, old: bytes, new: bytes, noticed: str) -> None:
    files = bundle()
    assert old in files[name]
    changed = files | {name: files[name].replace(old, new)}
    found = checks(changed | {SUMS: sums(changed)})
    assert found["sums"].passed
    assert found[noticed].passed is False


def test_what_another_version_worded_otherwise_is_said_and_no_failure() -> None:
    files = contents(case(), MADE, program="0.0.1") | {"method.txt": b"as it was described then"}
    listed = orjson.loads(files[MANIFEST])
    for one in listed["files"]:
        if one["name"] == "method.txt":
            one.update({"bytes": 24, "sha256": hashlib.sha256(files["method.txt"]).hexdigest()})
    changed = files | {MANIFEST: orjson.dumps(listed)}
    found = checks(changed | {SUMS: sums(changed)})
    assert [one.passed for one in found.values()] == [True, True, True, True, None, True]
    assert "0.0.1" in found["files"].said


def test_other_rules_are_said_and_not_made_again() -> None:
    event = case().event.model_copy(update={"rules": "2020.1 alert=0.55 unsure=0.3"})
    old = case()
    files = bundle(Case(event, record("alerts", 5, event.to_bytes(), event.key), old.history, old.original, old.copy))
    found = checks(files)["comparison"]
    assert found.passed is None
    assert "2020.1" in found.said


def test_a_text_that_is_not_the_event_s_is_an_error_that_names_both_digests() -> None:
    one = case()
    changed = (one.copy.value or b"").replace(b"unlikely events", b"expected events")
    wrong = Case(one.event, one.record, one.history, one.original, record("accepted", 1, changed, "en"))
    article = wrong.texts[1].article
    with pytest.raises(RecordError) as caught:
        contents(wrong, MADE)
    assert one.event.copy_.digest in str(caught.value)
    assert digest(article.headline, article.body) in str(caught.value)


def test_an_event_that_does_not_stand_is_said_first_of_all() -> None:
    gone = contents(case(after=[record("alerts", 6, None, case().event.key)]), MADE)
    assert "WITHDRAWN" in gone["what-this-is.txt"].decode()
    later = case().event.model_copy(update={"id": "alert-new", "supersedes": [case().event.id, "alert-older"]})
    files = contents(case(after=[record("alerts", 7, later.to_bytes(), later.key)]), MADE)
    assert "superseded by alert-new" in files["what-this-is.txt"].decode()
    told = orjson.loads(files["history.json"])
    assert [one["id"] for one in told["said"]] == [case().event.id, "alert-new"]
    assert (told["standing"], told["superseded_not_held"]) == ("alert-new", ["alert-older"])
    assert not orjson.loads(files[MANIFEST])["stands"]


def test_a_decision_is_told_with_the_version_it_was_about() -> None:
    files = contents(decided(case().event.id), MADE)
    assert "dismissed by N. N." in files["what-this-is.txt"].decode()
    assert "earlier or later version" not in files["what-this-is.txt"].decode()
    assert "disposition.json" in files
    assert "earlier or later version" in contents(decided("alert-old"), MADE)["what-this-is.txt"].decode()


def test_what_speaks_against_and_what_is_not_claimed_are_there() -> None:
    text = bundle()["what-this-is.txt"].decode()
    assert all(one in text for one in case().event.framing.against)
    assert "does NOT claim" in text
    assert max(map(len, text.splitlines())) < 200


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"x" * 100])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    with pytest.raises(RecordError, match="not a zip file"):
        verify(data, "x.zip")


def test_strange_missing_doubled_and_huge_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    files = bundle()
    with pytest.raises(RecordError, match="no bundle holds"):
        verify(packed(files | {"../x": b""}, None), "x.zip")
    with pytest.raises(RecordError, match=r"lacks copy\.json"):
        verify(packed({name: data for name, data in files.items() if name != "copy.json"}, None), "x.zip")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(MANIFEST, b"{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(MANIFEST, b"{}")
    with pytest.raises(RecordError, match="twice"):
        verify(target.getvalue(), "x.zip")
    monkeypatch.setattr("streams.evidence.archive.LARGEST", 10)
    with pytest.raises(RecordError, match="over 10 bytes"):
        verify(packed(files, None), "x.zip")


def test_a_later_layout_is_refused() -> None:
    files = bundle()
    newer = files[MANIFEST].replace(b'"bundle_version": 1', b'"bundle_version": 2')
    with pytest.raises(RecordError, match="newer"):
        checks(files | {MANIFEST: newer})


@given(st.floats(0.001, 1), st.floats(0.001, 1))
def test_thresholds_are_read_as_they_are_written(alert: float, unsure: float) -> None:
    _, found = thresholds(rules(alert, unsure))
    assert rules(found.alert, found.unsure) == rules(alert, unsure)
