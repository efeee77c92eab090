"""What is told of ratings and the cases of bad ones: a part of the tables of `model.py`."""

RATED_BY_LINK = "您办的一件事，有人用窗口的评价二维码评价过了。如果不是您本人评的，请打开查看，并向镇上或县里的管理员反映。"

TO_PEOPLE: dict[str, tuple[tuple[str, str], ...]] = {
    "affairs.rating.received": (("tell_id", RATED_BY_LINK),),
    "affairs.rating.case_opened": (
        ("official_id", "您办的一件事收到差评，由管理员回访整改；认为是恶意差评的，请打开申诉。"),
    ),
    "affairs.rating.called_back": (
        ("applicant_id", "您的差评，工作人员登记了和您的通话，请打开核对登记的内容。"),
    ),
    "affairs.rating.answered": (("applicant_id", "您的差评已有答复，请打开查看，并告诉我们改好了没有。"),),
    "affairs.rating.raised": (("applicant_id", "您的差评已转到县里重新处理，请打开查看期限。"),),
    "affairs.rating.closed": (("applicant_id", "您的差评已处理完，请打开查看结果。"),),
    "affairs.rating.appeal_decided": (("official_id", "您对一条差评的申诉已有决定，请打开查看理由。"),),
    "affairs.rating.solved_asked": (
        ("applicant_id", "您办的一件事过去四周了，当时的问题真正解决了吗？请打开点一下。"),
    ),
}
"""Of ratings, for each event: whom it tells what."""

TO_OFFICES: dict[str, tuple[tuple[str, str], ...]] = {
    "affairs.rating.case_opened": (
        ("town_administrator", "一位群众给办事打了差评，请在差评名单中回访、整改，期限内答复。"),
        (
            "county_administrator",
            "一位群众给办事打了差评，请督促镇上回访、整改；镇级没有管理员的，请直接处理。",
        ),
    ),
    "affairs.rating.raised": (
        ("county_administrator", "一条差评在镇上超期或群众认为没有改好，已转到县里，请在差评名单中处理。"),
    ),
    "affairs.rating.appealed": (
        ("county_administrator", "工作人员对一条差评提出申诉，请由没有参与处理的管理员在差评名单中决定。"),
    ),
}
"""Of ratings, for each event: the roles that are told."""
