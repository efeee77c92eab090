"""PDFs as they were sent, opened for proof, on a real database: with a reason that is written down first, by whoever gave it, for an hour."""

import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from services.affairs.matters.applications import file_rules, files, views
from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from tests import pdfs
from tests.integration.affairs.test_application_files import (
    APPLICANT,
    CLERK,
    COLLEAGUE,
    HEAD,
    OTHER,
    STRANGER,
    HandingIn,
    helper,
)
from tests.photos import photo

RAW = pdfs.harmful()
WHY = {"ground": "signature", "reason": "要核验授权书上的电子签名。"}


@pytest.fixture
def handing(affairs):
    return HandingIn(affairs)


def opened(handing, file_id, actor=CLERK, key="", **why) -> dict:
    return handing.ask(actor, "open_original", key, file_id=file_id, **{**WHY, **why})


def test_with_a_reason_the_clerk_gets_the_bytes_that_were_sent_and_the_applicant_reads_why(handing):
    file_id = handing.whole(RAW)
    assert handing.refused(handing.seen, CLERK, file_id, "original") == "application.original_sealed"
    ((told),) = opened(handing, file_id)["originals_opened"]
    assert (told["official_id"], told["reason"], told["material"]) == ("c1", WHY["reason"], "居民身份证")
    shown = handing.seen(CLERK, file_id, "original")
    assert shown["type"] == "application/octet-stream" and base64.b64decode(shown["body"]) == RAW
    assert handing.refused(handing.seen, COLLEAGUE, file_id, "original") == "application.original_sealed"
    for reader in (APPLICANT, helper("20"), COLLEAGUE):
        read = views.one(handing.affairs.applications, Call({"application_id": handing.id}, reader))
        assert [one["reason"] for one in read["originals_opened"]] == [WHY["reason"]]
    masked = views.one(handing.affairs.applications, Call({"application_id": handing.id}, HEAD))
    assert masked["originals_opened"] == []


def test_it_is_sealed_again_after_an_hour(handing, monkeypatch):
    file_id = handing.whole(RAW)
    opened(handing, file_id)
    document = handing.affairs.applications.documents
    application = handing.loaded()
    past = [{**one, "until": one["at"]} for one in application.originals_opened]
    application.originals_opened = past
    handing.affairs.applications.save(application, [], handing.affairs.call(SYSTEM))
    assert handing.refused(handing.seen, CLERK, file_id, "original") == "application.original_sealed"
    assert document.count_documents({"_id": handing.id, "sealed": {"$ne": None}}) == 1


def test_the_reason_is_kept_encrypted_and_in_no_event(handing):
    file_id = handing.whole(RAW)
    opened(handing, file_id)
    kept = handing.affairs.applications.documents.find_one(handing.id)
    assert WHY["reason"] not in str(kept) and "signature" not in str(kept["outbox"])
    event = kept["outbox"][-1]
    assert "application.original_opened" in str(event)
    assert (event["data"]["file_id"], event["data"]["official_id"]) == (file_id, "c1")


def test_refused_without_a_reason_to_others_and_for_what_has_no_original(handing):
    file_id, picture = handing.whole(RAW), handing.whole(photo(size=(90, 80)))
    for why in ({"ground": "curious"}, {"reason": ""}, {"reason": "看看"}, {"ground": None}):
        assert handing.refused(opened, handing, file_id, **why) == "request.invalid"
    for actor in (STRANGER,):
        assert handing.refused(opened, handing, file_id, actor) == "application.not_found"
    for actor in (HEAD, APPLICANT, OTHER, helper("20")):
        assert handing.refused(opened, handing, file_id, actor) == "access.forbidden"
    assert handing.refused(opened, handing, picture) == "application.no_original"
    assert handing.refused(opened, handing, "no-such-file") == "application.no_such_file"
    assert handing.loaded().originals_opened == []


def test_what_the_scanner_has_not_looked_at_is_not_opened_and_nothing_is_written_down(handing):
    file_id = handing.whole(RAW)
    of = {"_id": file_id}
    for state, code in (("checking", "file.checking"), ("infected", "file.infected")):
        handing.affairs.files.files.documents.update_one(of, {"$set": {"state": state}})
        assert handing.refused(opened, handing, file_id) == code
    assert handing.loaded().originals_opened == []


def test_the_same_twice_and_at_once_is_one_opening_and_two_clerks_are_two(handing):
    file_id = handing.whole(RAW)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: opened(handing, file_id, key="two-clicks-of-one-form"), range(2)))
    assert len(handing.loaded().originals_opened) == 1
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda actor: opened(handing, file_id, actor), (CLERK, COLLEAGUE)))
    assert sorted(one["by"] for one in handing.loaded().originals_opened) == ["c1", "c1", "c2"]


def test_a_file_that_is_taken_away_while_it_is_opened_is_one_or_the_other(handing, monkeypatch):
    file_id = handing.whole(RAW)
    store, save, once = type(handing.affairs.applications), type(handing.affairs.applications).save, []

    def taken_away_first(self, *told, **more):
        if not once:
            once.append("removing")
            handing.remove(file_id)
        return save(self, *told, **more)

    monkeypatch.setattr(store, "save", taken_away_first)
    assert handing.refused(opened, handing, file_id) == "application.no_such_file"
    assert handing.loaded().originals_opened == [] and handing.held() == (0, 0)


def test_what_was_opened_stays_with_the_applicant_and_after_a_withdrawal_nothing_is_shown(handing):
    file_id = handing.whole(RAW)
    opened(handing, file_id)
    assert handing.refused(handing.remove, file_id) == "application.file_looked_at"
    call = handing.affairs.call(APPLICANT, application_id=handing.id)
    files.withdraw(handing.affairs.applications, handing.affairs.files, call)
    assert handing.refused(handing.seen, CLERK, file_id, "original") == "application.no_such_file"
    assert len(handing.loaded().originals_opened) == 1


def test_so_many_times_and_no_more(handing, monkeypatch):
    monkeypatch.setattr(file_rules, "MOST_OPENINGS", 1)
    file_id = handing.whole(RAW)
    opened(handing, file_id)
    assert handing.refused(opened, handing, file_id) == "application.too_many_openings"
    assert timedelta(hours=1) == file_rules.PROOF_LASTS
