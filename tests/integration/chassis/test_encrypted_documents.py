"""What is sealed of a person is opened only for who needs it, and sealed again only where it changed."""

from dataclasses import dataclass, field

import pytest

from services.chassis.core.calls import Call, write_call
from services.chassis.core.errors import Conflict, VersionConflict
from services.chassis.storage.paging import page
from services.chassis.storage.store import Store
from services.civic.actor import ANONYMOUS
from services.civic.masking import mask_name


@dataclass
class File:
    """Something about a person."""

    id: str
    region: str
    name: str
    state: str = "open"
    notes: list[str] = field(default_factory=list)
    reason: str | None = None
    version: int = 0

    @property
    def masked_name(self) -> str:
        """Give what lists show."""
        return mask_name(self.name)


class FileStore(Store):
    """The files."""

    service = "test"
    collection = "files"
    aggregate = File
    noun = "file"
    personal = ("name", "notes", "reason")
    shown = ("masked_name",)


def row(file: File) -> dict:
    return {"name": file.masked_name, "state": file.state, "reason": file.reason}


def whole(file: File) -> dict:
    return {"name": file.name}


def asked(key: str, render=row) -> Call:
    return write_call("file", {}, ANONYMOUS, key * 20, render)


@pytest.fixture
def files(database):
    made = FileStore(database)
    made.add(File("f1", "51", "王小英"), [], asked("a"))
    return made


@pytest.fixture
def work(files, monkeypatch):
    """What the vault is asked to do from now on."""
    done = []
    for name in ("encrypt", "decrypt"):
        real = getattr(files.vault, name)

        def counted(value, name=name, real=real):
            done.append(name)
            return real(value)

        monkeypatch.setattr(files.vault, name, counted)
    return done


def stored(files) -> dict:
    return files.documents.find_one({"_id": "f1"})


def test_a_write_that_does_not_touch_personal_data_neither_decrypts_nor_encrypts_anything(files, work):
    before = stored(files)
    file = files.get("f1")
    file.state = "closed"
    files.save(file, [], asked("b"))
    assert work == []
    after = stored(files)
    assert (after["state"], after["sealed"]) == ("closed", before["sealed"])
    assert after["requests"][-1]["answer"] == {"name": "王*英", "state": "closed", "reason": None}
    assert files.get("f1").name == "王小英"


def test_what_was_read_and_not_changed_is_not_encrypted_again_but_its_answer_is(files, work):
    before = stored(files)
    file = files.get("f1")
    file.state = "closed"
    files.save(file, [], asked("b", whole))
    assert work == ["decrypt", "encrypt"]
    assert stored(files)["sealed"] == before["sealed"]
    assert "王小英" not in str(stored(files))


def test_a_changed_field_is_encrypted_with_the_others_and_what_lists_show_follows(files, work):
    file = files.get("f1")
    file.name = "欧阳小英"
    assert file.masked_name == "欧**英"
    files.save(file, [], Call({}))
    assert work == ["encrypt"]
    assert stored(files)["masked_name"] == "欧**英" and files.get("f1").name == "欧阳小英"


def test_a_field_that_gets_a_value_leaves_its_plain_emptiness_and_returns_to_it(files):
    assert (stored(files)["reason"], stored(files)["notes"]) == (None, [])
    file = files.get("f1")
    file.reason = "不在村里住"
    file.notes.append("电话打不通")
    files.save(file, [], Call({}))
    assert not {"reason", "notes", "name"} & set(stored(files))
    again = files.get("f1")
    assert (again.reason, again.notes, again.name) == ("不在村里住", ["电话打不通"], "王小英")
    again.notes.clear()
    files.save(again, [], Call({}))
    assert stored(files)["notes"] == [] and files.get("f1").notes == []


def test_where_nothing_is_left_to_encrypt_nothing_is_encrypted(database, files, work, monkeypatch):
    file = files.get("f1")
    file.name = ""
    monkeypatch.setattr(FileStore, "shown", ())
    FileStore(database).save(file, [], Call({}))
    assert work == [] and stored(files)["sealed"] is None and files.get("f1").name == ""


def test_a_list_decrypts_nothing_and_a_row_has_no_personal_data_to_give(files, work):
    found = page(files.documents, {}, {}, ("region", 1), files.from_document)["items"]
    assert [(one.masked_name, one.state) for one in found] == [("王*英", "open")] and work == []
    with pytest.raises(LookupError, match="row of a list"):
        found[0].name  # noqa: B018
    assert "小" not in repr(found[0])


def test_an_aggregate_that_was_added_is_saved_again_without_being_encrypted_again(files, work):
    file = File("f2", "51", "李四光")
    files.add(file, [], Call({}))
    file.state = "closed"
    files.save(file, [], Call({}))
    assert work == ["encrypt"] and files.get("f2") == file


def test_what_could_not_be_written_is_encrypted_again_at_the_next_try(files):
    file = File("f1", "51", "李四光")
    with pytest.raises(Conflict):
        files.add(file, [], asked("c"))
    file.id = "f3"
    files.add(file, [], Call({}))
    assert files.get("f3").name == "李四光" and files.get("f1").name == "王小英"


def test_of_two_who_change_different_fields_at_once_one_is_refused_and_nothing_is_mixed(files):
    first, second = files.get("f1"), files.get("f1")
    first.name, second.reason = "王大英", "有误"
    files.save(first, [], Call({}))
    with pytest.raises(VersionConflict):
        files.save(second, [], Call({}))
    assert (files.get("f1").name, files.get("f1").reason) == ("王大英", None)
