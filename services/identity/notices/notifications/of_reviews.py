"""What is told of reviews of decisions: a part of the tables of `model.py`. Each says that the law's own terms run on."""

RUN_ON = "行政复议和诉讼的期限照常计算，不因复核停下来。"

TO_PEOPLE: dict[str, tuple[tuple[str, str], ...]] = {
    "affairs.review.asked": (
        ("applicant_id", f"已收到您的复核申请，由没有经办过的人复核，打开可查看期限。{RUN_ON}"),
    ),
    "affairs.review.taken": (("applicant_id", "您申请的复核已经有人接手，不是原来经办的人。"),),
    "affairs.review.decided": (("applicant_id", f"您申请的复核已有结果，请打开查看理由。{RUN_ON}"),),
    "affairs.review.raised": (("applicant_id", f"您的复核已转到县里，打开可查看期限。{RUN_ON}"),),
    "affairs.review.reopened": (
        ("applicant_id", "原决定已经撤销，单位为您重新办理，交过的材料不用再交，打开可以看到新的申请。"),
    ),
}
"""Of reviews, for each event: whom it tells what."""

TO_OFFICES: dict[str, tuple[tuple[str, str], ...]] = {
    "affairs.review.asked": (
        ("clerk", "一位群众对本单位的一个决定申请复核，请没有经办过的同事在复核名单中接手，期限内决定。"),
        (
            "town_administrator",
            "一位群众对办事决定申请复核，请安排没有经办过的人接手；单位里没有别人的，请您复核。",
        ),
    ),
    "affairs.review.raised": (
        (
            "county_administrator",
            "一件复核转到了县里：群众不服原单位的复核，或者原单位超期没有决定，请在复核名单中处理。",
        ),
    ),
}
"""Of reviews, for each event: the roles that are told."""
