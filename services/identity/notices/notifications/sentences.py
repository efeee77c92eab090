"""Sentences that are longer than a row of the tables in `model.py`, and those that no event brings."""

CHANGED_PASSWORD = "您的登录密码已更换，其他设备已退出登录；如果不是您本人，请立即用短信验证码重设。"
CHANGED_PHONE = (
    "您账号的手机号已更换，今后用新号码登录和接收短信；如果不是您本人办理，请立即更换密码、退出其他设备，"
    "并到村委会（社区）说明。"
)
PHONE_LOST = (
    "您登记的手机号已由他人用短信验证码证明是其本人的，号码可能已重新分配。您的账号、密码和资料都在；"
    "请重新登录，用短信验证码登记您现在的手机号。"
)
A_RESIDENT_LOST_THE_PHONE = (
    "一位居民登记的手机号已由他人证明，原号码不能再联系到该居民，请提醒其登记现在的手机号。"
)

MATCHES = {
    "waiting": "户籍核对服务暂时没有答复，系统会自动再次核对，有结果会通知您，不必重复申请。",
    "unmatched": "您的身份没有与户籍登记核对上，请核对身份证号和姓名后再试，或带证件到便民服务窗口办理。",
    "unavailable": "您申请的户籍核对没有得到结果，请重新申请，或带证件到便民服务窗口办理。",
}
"""For each state of a comparison with the household register in which the resident is told so; an event tells of success."""

BOUND_WECHAT = (
    "您的账号绑定了微信，今后可以用它登录。如果不是您本人办理，请立即在“我的身份”里解除绑定，并修改密码。"
)

ISSUED_RESULT = "您申请的事的结果文书已出具，打开可以下载，也可以选择怎样领取。"
REVOKED_RESULT = "您的一份结果文书已被出具单位撤销，不能再用，请打开查看理由。"

INFECTED_FILE = (
    "您给申请交的一个文件查出病毒，已经删除，没有人打开过。请打开申请，换一部手机或电脑重新拍照再交。"
)
INFECTED_PHOTO = "您给商品上传的一张照片查出病毒，已经删除，没有人打开过。请换一部手机重新拍照再上传。"
OPENED_ORIGINAL = "单位打开了您交的一份 PDF 原件，用作核验或者举证。谁打开的、为什么，请打开申请查看。"
