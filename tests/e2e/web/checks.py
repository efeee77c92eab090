"""What a program can see of a page: WCAG 2.2 AA by axe, and what axe does not look at: sizes, targets, sideways scroll, HTML, weight.

Sources: WCAG 2.2; 移动互联网应用适老化通用设计规范 (信管函〔2021〕67号): text of 18 px and more, line height 1.3, targets of 44 px, 60 px
for elders.
"""

import re
from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

from tests.e2e.web import validity

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = """() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
  .then((found) => found.violations.map((one) => one.id + ": " + one.nodes.map((node) => node.html).join(" | ")))"""
SIZES = """() => {
  const found = [];
  const target = document.documentElement.classList.contains("elder") ? 60 : 44;
  const seen = (one) => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().right > 0;
  for (const one of document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")) {
    if (!seen(one) || one.closest("p, dd, td, .side, .hint, .done, .note, .missing, li:not(.choices li):not(.rows li)")) continue;
    const box = one.matches("[type=radio], [type=checkbox]") ? one.closest(".choice").getBoundingClientRect() : one.getBoundingClientRect();
    if (box.height < target - 0.5 || box.width < Math.min(target, 44) - 0.5)
      found.push(`target of ${Math.round(box.width)} x ${Math.round(box.height)}: ${one.outerHTML.slice(0, 120)}`);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !seen(one)) continue;
    const style = getComputedStyle(one), size = parseFloat(style.fontSize);
    if (size < 17.9) found.push(`text of ${size} px: ${walker.currentNode.textContent.trim().slice(0, 40)}`);
    if (parseFloat(style.lineHeight) / size < 1.29) found.push(`lines of ${style.lineHeight} at ${size} px: ${one.outerHTML.slice(0, 80)}`);
  }
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push("it scrolls sideways");
  return found;
}"""
HEAVIEST = 50_000
"""Bytes of a page with its style and script, not compressed, without pictures of goods."""
OURS = re.compile(rb'(?:href|src)="(/static/[^"]+)"')


def problems(page: Page) -> list[str]:
    """Give what is wrong with the page that is open; its scripts must be allowed to run."""
    page.evaluate(AXE)
    return [*page.evaluate(RULES), *page.evaluate(SIZES)]


def problems_as_sent(html: bytes, weight_of: Callable[[str], int]) -> list[str]:
    """Give what is wrong with a page as the server sent it; `weight_of` gives the bytes of a file that it names."""
    parts = {path.decode() for path in OURS.findall(html)}
    weight = len(html) + sum(weight_of(path) for path in parts)
    return [*validity.problems(html), *([f"{weight} bytes"] if weight > HEAVIEST else [])]
