"""What is said where a paper cannot be made; who looks after the platform reads the reason in the log."""

from services.chassis.core.errors import Unavailable


def fonts_missing() -> Unavailable:
    """Give the error where PAPER_FONTS lacks one of the fonts."""
    return Unavailable(
        "paper.fonts_missing", "系统缺少打印用的字体，暂时不能制作文件，请联系村委会转告管理员。"
    )


def failed() -> Unavailable:
    """Give the error where the pages could not be set."""
    return Unavailable("paper.failed", "文件暂时无法制作，请稍后再试；仍然不行时请联系村委会。")
