"""The rules of the photos of a paper; each is our own choice, the law asks for the paper and not for a picture of it (民法典 art. 165)."""

from services.chassis.core.errors import Conflict, NotFound, Rejected

MOST_PHOTOS = 4
"""Both sides of two sheets: a mandate of a village is one, and its second one names the matters."""

LIVING = ("offered", "active")


def only_a_mandate_on_paper_has_photos(origin: str) -> None:
    """What was given online was never written on paper."""
    if origin != "paper":
        raise Conflict("mandate.not_on_paper", "这项委托是在线办理的，没有纸质委托书，不用拍照。")


def photos_come_and_go_while_it_lives(state: str) -> None:
    """With the mandate the purpose of its photos is over (个人信息保护法 art. 47): none comes any more, and those that were there are erased."""
    if state not in LIVING:
        raise Conflict(
            "mandate.takes_no_photos",
            "这项委托已经结束，照片已不再保存，不能再交或更换；仍需代办请重新委托。",
            state=state,
        )


def a_paper_has_so_many_photos(count: int) -> None:
    """Raises Rejected where there are as many as a paper has sides."""
    if count >= MOST_PHOTOS:
        raise Rejected(
            "mandate.photos_full",
            f"一份委托书最多 {MOST_PHOTOS} 张照片，请先去掉一张再加。",
            most=MOST_PHOTOS,
        )


def a_confirmed_mandate_keeps_its_paper(state: str, count: int, reason: str) -> None:
    """What the helper relied on is replaced, with a reason that both can read, and never only taken away."""
    if state != "active":
        return
    if count <= 1:
        raise Conflict("mandate.only_photo", "委托已经生效，不能没有照片；请先交一张清楚的，再去掉这一张。")
    if not reason:
        raise Rejected(
            "mandate.photo_reason_missing", "委托已经生效，去掉照片请写明原因，委托人和代办人都看得到。"
        )


def a_paper_was_photographed(missing: bool) -> None:
    """Of a paper that was recorded without a photo there is nothing to see yet."""
    if missing:
        raise NotFound("mandate.no_photo_yet", "这份纸质委托书还没有照片，请村里拍照补交后再看。")
