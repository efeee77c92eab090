"""Files of applications and a virus scanner on a real database: closed until it has spoken, told once, whatever happens on the way."""

import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from deploy.local.simulators.clamd import EICAR, GARBAGE, Behaviour, ClamdSimulator
from services.affairs.matters.applications import file_rules, usecases
from services.chassis.core.calls import Call, utc_now
from services.chassis.core.errors import DomainError
from services.civic.actor import SYSTEM
from services.civic.capability import store_of
from services.civic.files import checking
from services.civic.files.checking import FileChecks
from services.civic.files.model import LOOKED_AT, PIECE_BYTES, SENT
from services.civic.files.receiving import ReceivedFiles
from services.civic.files.scanner import NO_SCANNER, FileScanner
from services.civic.files.store import FileStore
from tests.integration.affairs.test_application_files import APPLICANT, BOOK, CLERK, PICTURE, HandingIn
from tests.photos import photo

INFECTED = photo(size=(90, 80)) + EICAR
WAY_OUT = "请"


class Checked(HandingIn):
    """Handing in where a scanner is asked."""

    def __init__(self, affairs, clamd: ClamdSimulator):
        super().__init__(affairs)
        self.clamd, self.database = clamd, affairs.applications.database
        self.connect(FileScanner(clamd.url))

    def connect(self, scanner: FileScanner) -> None:
        made = ReceivedFiles.of(store_of("affairs", FileStore))(self.database, scanner)
        self.affairs.files = self.doors.received_files = made

    def checks(self) -> FileChecks:
        return FileChecks(self.affairs.files, self.tell)

    def tell(self, file) -> bool:
        return self.affairs.applications.tell_of_file(file.subject, file.id, file.state, Call({}, SYSTEM))

    def due_now(self) -> None:
        """Let every pause be over."""
        asked = {"scan_at": {"$ne": None}}
        self.affairs.files.files.documents.update_many(asked, {"$set": {"scan_at": utc_now()}})

    def look(self) -> None:
        self.due_now()
        self.checks().work_off()

    def states(self) -> list[str]:
        return [one["state"] for one in self.loaded().shown_files]

    def told(self, name: str) -> int:
        outbox = self.affairs.applications.documents.find_one(self.id)["outbox"]
        return sum(name in str(one) for one in outbox)

    def stored(self, file_id: str) -> dict:
        return self.affairs.files.files.documents.find_one({"_id": file_id})


@pytest.fixture
def clamd():
    with ClamdSimulator() as server:
        yield server


@pytest.fixture
def handing(affairs, clamd):
    return Checked(affairs, clamd)


def test_a_file_is_closed_until_it_was_checked_and_hinders_nobody(handing):
    file_id = handing.whole(material=BOOK)
    assert handing.states() == ["checking"]
    for actor in (APPLICANT, CLERK):
        assert handing.refused(handing.seen, actor, file_id) == "file.checking"
    assert handing.loaded().files[0]["looks"] == []
    handing.step(usecases.accept, handing.affairs.days)
    handing.look()
    assert handing.states() == ["kept"] and handing.clamd.seen.streams == [len(PICTURE)]
    assert handing.seen(CLERK, file_id)["type"] == "image/jpeg"
    assert handing.affairs.files.pieces.numbers(file_id, SENT) == []
    assert (handing.told("file_cleared"), handing.told("file_infected")) == (1, 0)
    handing.look()
    assert handing.told("file_cleared") == 1 and handing.stored(file_id)["scan_at"] is None


def test_what_is_infected_is_gone_and_is_told_to_both(handing):
    file_id = handing.whole(INFECTED)
    handing.look()
    assert handing.states() == ["infected"] and handing.held() == (1, 0)
    assert handing.stored(file_id)["sealed"] is None and not handing.stored(file_id)["key"]
    for actor in (APPLICANT, CLERK):
        assert handing.refused(handing.seen, actor, file_id) == "file.infected"
    data = handing.affairs.applications.documents.find_one(handing.id)["outbox"][-1]["data"]
    assert data["file_id"] == file_id and "icar" not in str(data)
    assert handing.told("file_infected") == 1
    handing.remove(file_id)
    assert handing.held() == (0, 0)


def test_what_was_infected_has_not_come_and_takes_no_place(handing, monkeypatch):
    monkeypatch.setattr(file_rules, "MOST_OF_A_MATERIAL", 1)
    handing.whole(INFECTED)
    handing.look()
    assert handing.refused(handing.notify, "居民户口簿") == "application.notice_incomplete"
    handing.whole()
    handing.look()
    assert handing.states() == ["infected", "kept"]


@pytest.mark.parametrize(
    "told",
    [
        Behaviour(hang_up_after=1000),
        Behaviour(answer=GARBAGE.decode("latin-1")),
        Behaviour(answer=""),
        Behaviour(largest=10),
    ],
    ids=["closes midway", "garbage", "says nothing", "too large"],
)
def test_a_scanner_without_a_clear_word_lets_the_file_wait(handing, told):
    file_id = handing.whole(INFECTED)
    handing.clamd.behaviour = told
    waits = []
    for _ in range(3):
        handing.look()
        waits.append(handing.stored(file_id)["scan_at"] - utc_now())
    assert (
        handing.states() == ["checking"] and handing.refused(handing.seen, CLERK, file_id) == "file.checking"
    )
    assert timedelta(0) < waits[0] < waits[1] < waits[2]
    handing.clamd.behaviour = Behaviour()
    handing.look()
    assert handing.states() == ["infected"]


def test_a_scanner_that_is_away_is_measured_and_what_waited_is_checked_when_it_is_back(handing, clamd):
    handing.whole()
    handing.connect(FileScanner("tcp://127.0.0.1:1"))
    handing.look()
    waited = {"checking_since": utc_now() - timedelta(hours=2)}
    handing.affairs.files.files.documents.update_many({}, {"$set": waited})
    handing.look()
    oldest = checking.OLDEST.labels("affairs")
    assert handing.states() == ["checking"] and 7190 < oldest._value.get() < 7300
    handing.connect(NO_SCANNER)  # taken out of the settings: what waits goes on waiting
    handing.look()
    assert handing.states() == ["checking"]
    handing.connect(FileScanner(clamd.url))
    handing.look()
    assert handing.states() == ["kept"] and oldest._value.get() == 0


def test_many_checkers_at_once_scan_each_file_once_and_tell_it_once(handing):
    for at in range(6):
        raw = photo(size=(90 + at, 80)) + (EICAR if at % 2 else b"")
        handing.whole(raw)
    handing.due_now()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: handing.checks().work_off(), range(4)))
    handing.look()  # whose application was just being saved is told of again
    assert handing.states() == ["kept", "infected"] * 3
    assert len(handing.clamd.seen.streams) == 6
    assert (handing.told("file_cleared"), handing.told("file_infected")) == (3, 3)


def test_of_two_that_scan_one_file_nevertheless_the_first_word_counts(handing, monkeypatch):
    file_id, finds = handing.whole(), FileScanner.finds_something

    def slow(self, content):
        found = finds(self, content)
        monkeypatch.undo()
        handing.look()  # its lease is over, another one was faster
        return not found

    monkeypatch.setattr(FileScanner, "finds_something", slow)
    handing.look()
    assert handing.states() == ["kept"] and handing.told("file_infected") == 0
    assert handing.seen(CLERK, file_id)["file_id"] == file_id and handing.told("file_cleared") == 1


def test_who_dies_between_the_word_and_telling_it_is_followed_by_the_next(handing):
    file_id = handing.whole(INFECTED)

    def dies(file) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        FileChecks(handing.affairs.files, dies).work_off()
    assert handing.stored(file_id)["state"] == "infected" and handing.states() == ["checking"]
    handing.look()
    assert handing.states() == ["infected"] and handing.told("file_infected") == 1


def test_a_word_that_comes_before_the_application_names_the_file_is_told_later(handing, monkeypatch):
    file_id = handing.pieces()
    save = type(handing.affairs.applications).save

    def checked_first(self, application, events, call, **more):
        monkeypatch.undo()
        handing.look()
        assert handing.stored(file_id)["state"] == "kept" and handing.stored(file_id)["scan_at"]
        return save(self, application, events, call, **more)

    monkeypatch.setattr(type(handing.affairs.applications), "save", checked_first)
    handing.add(file_id)
    assert handing.states() == ["checking"]
    handing.look()
    assert handing.states() == ["kept"]


def test_what_is_infected_before_the_application_names_it_is_not_taken(handing, monkeypatch):
    file_id = handing.pieces(INFECTED)
    with monkeypatch.context() as broken:
        broken.setattr(type(handing.affairs.applications), "save", lambda *told, **more: 1 / 0)
        with pytest.raises(DomainError):
            handing.add(file_id, INFECTED)
    handing.look()
    assert handing.refused(handing.add, file_id, INFECTED) == "file.infected"
    assert handing.loaded().files == []


def test_what_is_erased_while_it_is_scanned_stays_erased(handing, monkeypatch):
    file_id, finds = handing.whole(), FileScanner.finds_something

    def erased_first(self, content):
        handing.affairs.files.files.forget("r1")
        return finds(self, content)

    monkeypatch.setattr(FileScanner, "finds_something", erased_first)
    handing.look()
    assert handing.held() == (0, 0) and handing.stored(file_id) is None


def test_a_file_of_which_a_piece_is_lost_is_never_said_to_be_clean(handing):
    file_id = handing.whole()
    handing.affairs.files.pieces.drop(file_id, SENT, 1)
    handing.look()
    assert handing.states() == ["checking"]


def test_a_piece_that_comes_late_spoils_nothing_that_is_checked(handing, monkeypatch):
    file_id = handing.pieces()
    late = base64.b64encode(PICTURE[:PIECE_BYTES]).decode()
    get, gone = type(handing.affairs.files.files).get, []

    def finished_meanwhile(self, *told, **more):
        found = get(self, *told, **more)
        if not gone:  # it was seen as being received; then all of it is finished, and then this piece comes
            gone.append(1)
            handing.add(file_id)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(type(handing.affairs.files.files), "get", finished_meanwhile)
        asked = {"material": 1, "file_id": file_id, "number": 0, "body": late}
        handing.ask(APPLICANT, "put_application_file_piece", **asked)
    handing.look()
    assert handing.states() == ["kept"] and handing.clamd.seen.streams == [len(PICTURE)]


def test_what_waits_for_the_scanner_is_held_and_no_sweep_takes_it(handing):
    file_id = handing.whole()
    handing.affairs.files.give_up(file_id, Call({}, SYSTEM))
    holds, later = handing.affairs.applications.holds_file, Call({}, SYSTEM, now=utc_now() + LOOKED_AT * 2)
    assert handing.affairs.files.sweep(lambda file: holds(file.subject, file.id, later.now), later) == 0
    handing.look()
    assert handing.states() == ["kept"]
