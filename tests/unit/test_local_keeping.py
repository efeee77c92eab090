"""What `make restore` does, and what it refuses before it starts anything."""

import pytest

from deploy.local import keeping
from deploy.local.refusal import Refusal


def modules(*arguments) -> list[str]:
    return [module.rpartition(".")[2] for module, _ in keeping.steps(list(arguments))]


@pytest.fixture
def later(tmp_path):
    path = tmp_path / "manifest.json"
    path.write_text("{}")
    return str(path)


def test_erasures_are_repeated_last_and_given_every_later_backup(later):
    told = ["backups/one", "--identity", "backup.key", "--later", later, later]
    assert modules(*told) == ["restore", "declare", "replay", "reopen", "repeat_erasures"]
    assert keeping.steps(told)[-1][1] == [later, later]
    assert keeping.steps(told)[0][1] == ["backups/one", "--identity", "backup.key"]


def test_later_ones_may_stand_first(later):
    assert modules("backups/one", "--later", later, "--identity", "backup.key")[-1] == "repeat_erasures"


def test_without_later_backups_nothing_is_repeated_and_that_is_said():
    told = ["backups/one", "--identity", "backup.key"]
    assert modules(*told) == ["restore", "declare", "replay", "reopen"]
    assert "--later" in keeping.what_comes_next(keeping.steps(told))


def test_the_later_ones_alone_are_enough_to_repeat(later):
    assert modules("--later", later) == ["repeat_erasures"]
    assert "make run" in keeping.what_comes_next(keeping.steps(["--later", later]))


@pytest.mark.parametrize(
    "arguments",
    [[], ["backups/one"], ["--identity", "backup.key"], ["backups/one", "--later"], ["backups/one", "--key", "k"]],
)  # fmt: skip
def test_half_of_what_is_needed_is_refused_with_the_whole_of_it(arguments):
    with pytest.raises(Refusal, match="make restore ARGS="):
        keeping.steps(arguments)


def test_a_later_backup_that_is_not_there_is_refused_before_anything_is_restored():
    with pytest.raises(Refusal, match=r"backups/none is not there"):
        keeping.steps(["backups/one", "--identity", "backup.key", "--later", "backups/none"])
