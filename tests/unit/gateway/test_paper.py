"""Papers: what is stored is what is read on them, nothing in them is taken for a command, and they cost the others nothing."""

import shutil
from pathlib import Path

import gevent
import psutil
import pytest

from gateway.paper import press
from gateway.paper.press import TEMPLATES, Press
from services.chassis.core.errors import Unavailable
from services.civic.paper.fonts import files_in
from services.civic.settings import CivicSettings
from tests.unit.gateway.pages import is_tagged, places, texts, title

FONTS = CivicSettings.from_environment().paper_fonts
RARE = "𠮷𫰡㐂"
UYGHUR = "ئەلىم ئابدۇللا ياسىن"
TIBETAN = "བོད་ཡིག བཀྲ་ཤིས"


def copy(*values: str) -> dict:
    """A copy of data with one row for each value."""
    section = {"title": "账号资料", "rows": [[("姓名", value)] for value in values], "notes": []}
    part = {"title": "身份与账号", "notes": [], "sections": [section]}
    return {"title": "个人信息副本", "intro": "说明。", "parts": [part]}


def printed(*values: str) -> bytes:
    return Press(FONTS).print("data_copy", copy(*values))


def of_template(folder: Path, text: str, data=None) -> bytes:
    """Print with a template that stands beside the common page."""
    shutil.copy(TEMPLATES / "page.typ", folder)
    Path(folder, "tried.typ").write_text(text, encoding="utf-8")
    return Press(FONTS, templates=folder).print("tried", data)


# What is read on it


def test_names_in_rare_han_tibetan_and_yi_are_read_as_they_are_written():
    (text,) = texts(printed(f"王{RARE}", TIBETAN, "ꆈꌠꉙ"))
    assert f"姓名：王{RARE}" in text and f"姓名：{TIBETAN}" in text and "姓名：ꆈꌠꉙ" in text


def test_uyghur_is_read_from_right_to_left_and_stands_after_its_label():
    found = places(printed(UYGHUR))
    letters = [(one, left) for one, left, _ in found if "\u0600" <= one <= "\u06ff"]
    from_the_right = "".join(one for one, _ in sorted(letters, key=lambda one: -one[1]))
    assert from_the_right == UYGHUR.replace(" ", "")
    colon = next(right for one, _, right in found if one == "：")
    assert min(left for _, left in letters) >= colon


def test_what_no_font_has_and_what_nobody_sees_is_written_as_its_code():
    (text,) = texts(printed("王\U00030000", "张\u202e三", "\ue000", "a\x00b"))
    for words in ("王〔U+30000〕", "张〔U+202E〕三", "〔U+E000〕", "a〔U+0000〕b"):
        assert f"姓名：{words}" in text


def test_what_looks_like_a_command_stays_text():
    names = [
        '#read("/etc/passwd")',
        '#panic("x") $x^2$ *b* _i_ @a <b> = t',
        '"]#sys.inputs',
        "\\ ~ -- `r` // c",
    ]
    (text,) = texts(printed(*names))
    for name in names:
        assert f"姓名：{name}" in text


def test_lines_stay_lines():
    (text,) = texts(printed("户口在本村\r\n请核实"))
    assert "户口在本村\n请核实" in text


def test_a_long_word_does_not_run_off_the_page():
    words = "x" * 300, "ب" * 200, "བ" * 200, "https://a.example/" + "q_w.e" * 60
    pdf = printed(*words)
    assert all(left > 0.05 and right < 0.95 for one, left, right in places(pdf) if one.isprintable())
    text = "".join(texts(pdf)).replace("\n", "")
    assert words[0] in text and words[3] in text


def test_pages_are_numbered_and_many_rows_go_on_over_them():
    pages = texts(printed(*(f"王秀英{number}" for number in range(250))))
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert f"第 {number} 页，共 {len(pages)} 页" in page
    assert "250. 姓名：王秀英249" in pages[-1]


def test_a_paper_can_be_read_aloud_and_kept():
    pdf = printed("王秀英")
    assert is_tagged(pdf) and title(pdf) == "个人信息副本"
    assert b"pdfuaid:part" in pdf and b"pdfaid:part" in pdf


# What is refused


def test_without_the_fonts_nothing_is_printed_and_the_log_names_them(tmp_path, caplog):
    shutil.copy(files_in(FONTS)["HanaMinA.ttf"], tmp_path)
    with pytest.raises(Unavailable, match=r"paper\.fonts_missing"):
        Press((str(tmp_path),)).print("data_copy", copy("王"))
    assert "NotoSerifCJK-Regular.ttc" in caplog.text and "HanaMinA" not in caplog.text


def test_what_takes_too_long_is_ended():
    with pytest.raises(Unavailable, match=r"paper\.too_slow"):
        Press(FONTS, seconds=0.01).print("data_copy", copy("王"))
    left = [one.cmdline() for one in psutil.Process().children()]
    assert [command for command in left if press.typesetter.__file__ in command] == []


def test_what_takes_too_much_memory_is_ended(tmp_path):
    with pytest.raises(Unavailable, match=r"paper\.failed"):
        of_template(tmp_path, "#let all = range(100000000)\n#all.len()")


def test_an_empty_box_is_refused_and_the_log_does_not_quote_the_document(tmp_path, caplog, monkeypatch):
    monkeypatch.setattr(press.characters, "shown", lambda data, fonts: data)
    with pytest.raises(Unavailable, match=r"paper\.failed") as refused:
        of_template(tmp_path, TRIED, "王\U00030000")
    assert "could not be displayed" in str(refused.value.__cause__)
    assert "could not be set" in caplog.text and "displayed" not in caplog.text


TRIED = '#import "page.typ": data, page\n#show: page.with(title: "试")\n#data'


def test_a_template_reads_nothing_outside_its_folder(tmp_path):
    (text,) = texts(of_template(tmp_path, TRIED, "王"))
    assert "王" in text
    with pytest.raises(Unavailable, match=r"paper\.failed"):
        of_template(tmp_path, TRIED + '\n#read("/etc/hostname")', "王")


# Others meanwhile


def test_others_are_answered_while_pages_are_set():
    ticks = []

    def tick():
        while True:
            ticks.append(1)
            gevent.sleep(0.001)

    ticking = gevent.spawn(tick)
    printed("王")
    ticking.kill()
    assert len(ticks) > 5


def test_one_document_at_a_time_is_set_and_a_crowd_is_sent_away(monkeypatch):
    busy, most, told = [], [], []

    def run(self, asked, name):
        busy.append(1)
        most.append(len(busy))
        gevent.sleep(0.01)
        busy.pop()
        return b"%PDF"

    monkeypatch.setattr(Press, "_run", run)
    ours = Press(FONTS)

    def ask():
        try:
            ours.print("data_copy", copy("王"))
        except Unavailable as refused:
            told.append(refused.code)

    gevent.joinall([gevent.spawn(ask) for _ in range(press.WAITING + 3)])
    assert set(most) == {1} and len(most) == press.WAITING + 1 and told == ["paper.busy"] * 2
