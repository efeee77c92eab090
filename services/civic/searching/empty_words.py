"""Words of a question that say nothing of what is looked for."""

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
    *(
        "家里",
        "村里",
        "屋头",
        "山上",
        "咋个",
        "没得",
        "自家",
        "自己",
        "我的",
        "别人",
        "现在",
        "准备",
        "应该",
        "还要",
        "不了",
        "没有",
        "突然",
    ),
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
