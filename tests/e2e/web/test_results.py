"""A paper through pages alone: the clerk issues it, the applicant fetches it and wants it by post, a stranger verifies it, a mistake is mended."""

import re

from deploy.local.story.identity import COUNTY
from services.affairs.matters.results.wording import check_of
from tests.e2e.test_results import file_of, granted  # noqa: F401  a fixture
from tests.e2e.test_reusable_papers import two_matters  # noqa: F401  a fixture
from tests.e2e.web.offices import OFFICE, at_work
from tests.e2e.web.reader import Reader


def test_from_the_desk_to_a_stranger_and_back(reader, chromium, platform, certified, staff, granted):  # noqa: F811
    clerk = Reader.on(chromium, platform.base, viewport=OFFICE)
    stranger = Reader.on(chromium, platform.base)
    try:
        at_work(clerk, staff, "clerk", COUNTY)
        clerk.open(f"/work/applications/{granted}")
        clerk.follow("出具结果文书")
        clerk.fill("除决定本身外要写明的", "王\U00030000每月 100 元。")
        clerk.press("出具")
        clerk.sees("打印字体里没有", "U+30000")
        clerk.fill("除决定本身外要写明的", "每月 100 元。")
        clerk.press("出具")
        clerk.sees("结果文书已出具", "已出具，有效")
        number = re.search(r"\S+〔\d+〕\d+号", clerk.page.inner_text("main"))[0]

        reader.sign_in(certified.entered["phone"], certified.entered["password"])
        reader.open(f"/my/applications/{granted}")
        reader.follow(number)
        reader.sees("下载文书", "不带国家政务服务平台的电子印章", "自己在网上下载")
        reader.press("改成：到出具单位领取")
        reader.sees("领取方式已改好", "到出具单位领取")
        reader.page.get_by_text("请单位邮寄").click()
        reader.press("请邮寄给我")
        reader.sees("收件人")
        reader.fill("收件人", "王秀英")
        reader.fill("收件人手机号", "13800000013")
        reader.fill("收件地址", "大同镇某村 3 组 12 号")
        reader.press("请邮寄给我")
        reader.sees("单位会按这个地址邮寄", "大同镇某村")

        result = platform.database("affairs").results.find_one({"number": number})
        token = certified.get(f"/results/{result['_id']}")["verify_path"].rpartition("/")[2]
        stranger.open(f"/verify/{token}")
        stranger.sees("属实", number)
        stranger.open("/verify")
        stranger.fill("文号", number)
        stranger.fill("校验码", "AAAA2222")
        stranger.press("核验")
        stranger.sees("没有找到这份文书")
        stranger.open("/verify")
        stranger.fill("文号", number.replace("〔", "(").replace("〕", ")"))
        stranger.fill("校验码", check_of(token).lower())
        stranger.press("核验")
        stranger.sees("属实", "请逐项核对")
        paper = file_of(certified, result["_id"])
        for body, said in (
            (paper, "文件没有改动"),
            (paper + b"\n%", "签名以后被改动过"),
            (b"no", "没有找到这份文书"),
        ):
            stranger.open("/verify")
            chosen = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": body}
            stranger.page.get_by_label("选择文件").set_input_files(chosen)
            stranger.press("核验这个文件")
            stranger.sees(said)
        stranger.open(f"/verify/{'x' * 43}")
        stranger.sees("没有找到这份文书")

        clerk.open("/work/results")
        clerk.follow(number)
        clerk.sees("大同镇某村")
        clerk.follow("登记已交付")
        clerk.fill("交付说明", "EMS 123")
        clerk.press("登记已交付")
        clerk.sees("已登记", "EMS 123")
        clerk.follow("撤销")
        clerk.fill("为什么撤销", "金额写错了")
        clerk.press("撤销这份文书")
        clerk.sees("已撤销", "金额写错了")
        stranger.open(f"/verify/{token}")
        stranger.sees("已撤销", "不能再用")
        clerk.open(f"/work/applications/{granted}")
        clerk.follow("出具结果文书")
        clerk.fill("除决定本身外要写明的", "每月 120 元。")
        clerk.press("出具")
        clerk.sees("结果文书已出具")
        stranger.open(f"/verify/{token}")
        stranger.sees("更正后的文号是")
    finally:
        clerk.close()
        stranger.close()
    reader.open(f"/my/results/{result['_id']}")
    reader.sees("不能再用", "金额写错了", "已经交付")
