"""The checker of the pages' HTML finds what is wrong: else nothing that it passes proves anything."""

import pytest

from tests.e2e.web.validity import problems

PAGE = '<!doctype html><html lang="zh-CN"><head><title>村</title></head><body><main><h1>村</h1>{}</main></body></html>'


def found(inside: str) -> str:
    return "; ".join(problems(PAGE.format(inside).encode()))


@pytest.mark.parametrize(
    "right",
    [
        "<p>电话：<a href='tel:12345'>12345</a></p>",
        "<dl><div><dt>村</dt><dd>黑虎</dd></div></dl>",
        "<form><label for='a'>名</label><input id='a' name='a' aria-describedby='h'><p id='h'>写</p></form>",
        "<fieldset><legend>哪一天</legend></fieldset><details><summary>看</summary><p>好</p></details>",
        "<a href='/x'><b>去</b></a><svg viewBox='0 0 1 1'><rect width='1' height='1'/></svg>",
    ],
)
def test_what_is_valid_is_passed(right):
    assert found(right) == ""


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("<p><div>在段落里</div></p>", "unexpected-end-tag"),
        ("<p id='a' id='b'>两次</p>", "duplicate-attribute"),
        ("<p id='a'>一</p><p id='a'>二</p>", "id 'a' 2 times"),
        ("<p id='a b'>空格</p>", "a blank in id"),
        ("<label for='nothing'>名</label>", "names nothing"),
        ("<input id='a' name='a'>", "has no label"),
        ("<a href='#nothing'>去</a>", "leads nowhere"),
        ("<ul><p>不是一行</p></ul>", "p in ul"),
        ("<li>没有名单</li>", "li in main"),
        ("<a href='/x'><button>按</button></a>", "button inside"),
        ("<fieldset><p>没有名字</p></fieldset>", "does not begin with legend"),
        ("<h1>又一个</h1>", "2 times h1"),
        ("<h3>跳了一级</h3>", "h3 follows on h1"),
        ("<img src='/x' alt=''>", "without words or size"),
        ("<table><tr><td>一</td></tr></div></table>", "unexpected-end-tag"),
        ("<p>&nothing;</p>", "entity"),
    ],
)
def test_what_is_not_valid_is_said(wrong, said):
    assert said in found(wrong), found(wrong)


def test_a_page_without_a_language_is_not_valid():
    assert "no language is said" in "; ".join(
        problems(b"<!doctype html><title>x</title><main><h1>x</h1></main>")
    )
