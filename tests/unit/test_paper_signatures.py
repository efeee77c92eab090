"""Signatures of papers: what is ours and unchanged, changed, added to, or somebody else's; and the command that makes the authority."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from deploy import paper_authority
from services.chassis.core.errors import Rejected, Unavailable
from services.chassis.core.settings import WrongSetting
from services.civic.paper.bundles import is_a_bundle
from services.civic.paper.press import PaperPress
from services.civic.paper.signing import PaperSigner
from services.civic.settings import CivicSettings
from tests.unit.gateway.pages import is_tagged, texts

PRESS = PaperPress(CivicSettings.from_environment().paper_fonts)
PAPER = {
    "title": "准予决定书",
    "number": "邛崃市民政局〔2026〕1号",
    "to": "王秀英𠮷",
    "text": ['#read("/etc/passwd") 经审查，予以办理。'],
    "office": "邛崃市民政局",
    "date": "2026年12月2日",
    "facts": [["校验码", "ABCD2345"]],
    "qr": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>',
    "how": "核验方法：扫描二维码。",
    "seal": "不带电子印章。",
}


@pytest.fixture(scope="module")
def authority():
    return paper_authority.make("邛崃市")


@pytest.fixture(scope="module")
def signer(authority):
    return PaperSigner(authority[1])


@pytest.fixture(scope="module")
def signed(signer):
    return signer.sign(PRESS.set("result", PAPER), "准予决定书", "邛崃市民政局")


def test_a_paper_is_tagged_says_what_it_was_given_and_runs_nothing(signed):
    (text,) = texts(signed)
    assert is_tagged(signed) and len(signed) < 100_000
    for words in (
        "王秀英𠮷",
        "邛崃市民政局〔2026〕1号",
        '#read("/etc/passwd")',
        "ABCD2345",
        "不带电子印章。",
    ):
        assert words in text


def test_a_character_that_no_font_has_is_refused_by_its_name_and_whose_it_is():
    PRESS.refuse_what_cannot_be_shown({"申请人姓名": "王秀英𠮷\nئەلىم བོད"})
    with pytest.raises(Rejected, match=r"paper\.character_missing") as refused:
        PRESS.refuse_what_cannot_be_shown({"单位名称": "民政局", "申请人姓名": "王\U00030000英"})
    assert "申请人姓名" in refused.value.message and "U+30000" in refused.value.message
    assert "请" in refused.value.message


@pytest.mark.parametrize("unseen", ["\u202e", "\u200b", "\ue000"])
def test_what_nobody_sees_is_refused_as_well(unseen):
    with pytest.raises(Rejected, match=r"paper\.character_missing"):
        PRESS.refuse_what_cannot_be_shown({"申请人姓名": f"王{unseen}英"})


def test_what_we_signed_is_ours_unchanged_and_whole(signer, signed):
    (seen,) = signer.signatures(signed)
    assert (seen.ours, seen.intact, seen.whole) == (True, True, True)
    assert seen.signer == "邛崃市乡治文书签名" and seen.sha256 == hashlib.sha256(signed).hexdigest()


def test_one_flipped_bit_is_found(signer, signed):
    changed = bytearray(signed)
    changed[len(signed) // 8] ^= 1
    (seen,) = signer.signatures(bytes(changed))
    assert seen.ours and not seen.intact


def test_what_was_added_behind_is_found_and_which_paper_it_was(signer, signed):
    (seen,) = signer.signatures(signed + b"\n% and 100,000 yuan\n")
    assert seen.ours and not seen.whole and seen.sha256 == hashlib.sha256(signed).hexdigest()


def test_a_paper_that_another_authority_of_the_same_name_signed_is_not_ours(signer):
    forged = PaperSigner(paper_authority.make("邛崃市")[1]).sign(PRESS.set("result", PAPER), "x", "y")
    (seen,) = signer.signatures(forged)
    assert seen.signer == "邛崃市乡治文书签名" and not seen.ours


@pytest.mark.parametrize("file", [b"", b"no PDF", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"1 0 obj<<" * 5000])
def test_a_file_that_is_none_has_no_signature(signer, file):
    assert signer.signatures(file) == []


def test_without_a_key_or_with_one_whose_time_is_over_nothing_is_signed(signer):
    now = datetime.now(UTC)
    signer.ready(now)
    for one, when in (
        (PaperSigner(""), now),
        (signer, now + timedelta(days=3660)),
        (signer, now - timedelta(days=9)),
    ):
        with pytest.raises(Unavailable, match=r"paper\.no_signing_key"):
            one.ready(when)
    assert PaperSigner("").signatures(b"%PDF-1.7") == []


# The command and the setting


def test_the_command_makes_both_once_and_never_over_what_is_there(tmp_path, capsys):
    assert paper_authority.main(["--to", str(tmp_path), "--name", "邛崃市"]) == 0
    made = {file.name: file.read_text() for file in tmp_path.iterdir()}
    assert set(made) == {paper_authority.AUTHORITY, paper_authority.SIGNING}
    assert all(os.stat(tmp_path / name).st_mode & 0o077 == 0 for name in made)
    assert paper_authority.main(["--to", str(tmp_path)]) == 1
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == made


def test_the_next_key_of_the_same_authority_and_the_first_of_the_next_one_know_the_papers_before(
    tmp_path, signed
):
    folders = [tmp_path / name for name in ("first", "second", "third")]
    authority, bundle = (
        str(folders[0] / name) for name in (paper_authority.AUTHORITY, paper_authority.SIGNING)
    )
    assert paper_authority.main(["--to", str(folders[0])]) == 0
    assert paper_authority.main(["--to", str(folders[1]), "--authority", authority]) == 0
    assert paper_authority.main(["--to", str(folders[2]), "--earlier", bundle]) == 0
    bundles = [(folder / paper_authority.SIGNING).read_text() for folder in folders]
    assert all(map(is_a_bundle, bundles)) and all(one != other for one, other in pairwise(bundles))
    paper = PaperSigner(bundles[0]).sign(PRESS.set("result", PAPER), "x", "y")
    assert [PaperSigner(one).signatures(paper)[0].ours for one in bundles] == [True, True, True]


def test_a_setting_that_signs_nothing_is_refused_at_the_start(authority, tmp_path):
    key, certificates = authority[1].split("-----BEGIN CERTIFICATE-----", 1)
    own_alone = "-----BEGIN CERTIFICATE-----" + certificates.split("-----BEGIN CERTIFICATE-----")[0]
    for wrong in ("nonsense", key, key + own_alone, paper_authority.make("x")[0]):
        with pytest.raises(WrongSetting, match="PAPER_SIGNING_KEY"):
            CivicSettings.from_environment({"PAPER_SIGNING_KEY": wrong})
    file = tmp_path / "key.pem"
    file.write_text(authority[1])
    read = CivicSettings.from_environment({"PAPER_SIGNING_KEY_FILE": str(file)})
    assert is_a_bundle(read.paper_signing_key)
