"""The words by which people look for matters: what says nothing, what they say of doing something, and what they call things."""

from functools import cache

from services.affairs.matters.catalogue.source import rows
from services.chassis.storage.chinese_text import normal

ACTIONS, KEYWORDS, TOP = "actions.csv", "keywords.csv", "top169.csv"

EMPTY = (
    *(
        "怎么办",
        "怎么样",
        "怎么",
        "怎样",
        "如何",
        "哪里",
        "哪儿",
        "哪个",
        "什么",
        "啥子",
        "多少",
        "有没有",
        "能不能",
        "可不可以",
    ),
    *(
        "要不要",
        "是不是",
        "我想",
        "我要",
        "想要",
        "需要",
        "可以",
        "手续",
        "申请",
        "办理",
        "办证",
        "一下",
        "请问",
        "我们",
        "我家",
    ),
    *("家里", "自家", "自己", "我的", "别人", "现在", "准备", "应该", "还要", "不了", "没有", "突然"),
    *"我你他她它的了吗呢吧啊呀嘛哦哪谁在给被把要想去能会可办领有个和跟与或是就也都还又很",
)
"""Words that say nothing of what is looked for, longest first within their kind; a word of a name stays one where it is known."""


def bare(word: str, known: frozenset[str] | set[str] = frozenset()) -> list[bool]:
    """Tell of each character of a word in normal form whether it says something; what stands in `known` names always does."""
    telling = [True] * len(word)
    for empty in EMPTY:
        start = word.find(empty)
        while start >= 0:
            for at in range(start, start + len(empty)):
                telling[at] = False
            start = word.find(empty, start + 1)
    for name in known:
        start = word.find(name)
        if start >= 0:
            telling[start : start + len(name)] = [True] * len(name)
    return telling


@cache
def actions() -> dict[str, tuple[str, ...]]:
    """Give the official words of each spoken word of doing something."""
    read = (row.values for row in rows(ACTIONS))
    return {
        normal(one["spoken"]): tuple(normal(name) for name in one["official_words"].split(";"))
        for one in read
    }


@cache
def keywords() -> dict[str, tuple[str, ...]]:
    """Give the keywords that are shipped for a matter, by its item code."""
    return {row.values["item_code"]: tuple(row.values["keywords"].split()) for row in rows(KEYWORDS)}


@cache
def top() -> dict[str, str]:
    """Give the life event of each of the matters that villagers ask for first, by its item code."""
    return {row.values["item_code"]: row.values["life_event"] for row in rows(TOP)}
