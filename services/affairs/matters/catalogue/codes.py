"""What codes are called where an office reads and writes: in its spreadsheets, and where two versions are compared."""

from services.affairs.matters.catalogue.content import FIELDS

YES, NO = "是", "否"

UNIT = {"working": "工作日", "calendar": "自然日"}
LEVEL = {"county": "县级", "town": "镇级", "village": "村级"}
ACTOR = {
    "self": "本人",
    "agent": "委托代理人",
    "guardian": "监护人",
    "household": "家庭成员",
    "village_committee": "村（居）民委员会",
}
PRESENCE = {"none": "不用到场", "once": "到场一次", "appointment": "预约后本人到场"}
CHANNEL = {
    "online": "网上办",
    "self_service": "自助机",
    "window": "窗口",
    "appointment": "预约到场",
    "village": "村里代办",
}
ASSURANCE = {"0": "0", "1": "1", "2": "2", "3": "3"}
TRUST = {"A": "A", "B": "B", "C": "C", "D": "D"}
RULE = {
    "term": "时限",
    "notice": "告知",
    "silence": "逾期后果",
    "extension": "延长",
    "not_counted": "不计入时限",
    "delivery": "送达",
    "applicant": "申请人的期限",
    "notice_board": "公示",
    "materials": "材料",
    "in_person": "到场",
}
FIELD = dict(FIELDS)
STATE = {"open": "在办", "closed": "停办"}
