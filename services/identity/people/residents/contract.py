"""Shapes of registration, certification and appeals; the events stand in `events.py`."""

from marshmallow import ValidationError, fields, post_load, validate

from services.chassis.core.schemas import Answer, Id, Page, Region, Shape, Text, Time, Whole, page_of
from services.civic.inputs import PersonId, PersonName, Phone
from services.identity.inputs import Country, MaskedNumber, NumberEnding, PaperNumber, Password, SmsCode
from services.identity.people.papers import PAPERS
from services.identity.people.papers import (
    wrong_by_field as wrong_by_field,  # what pages say of a number before anybody is asked
)
from services.identity.people.residents.answers import (
    CORRECTABLE,
    ENDS,
    REQUESTS,
    Appeal,
    AppealRow,
    EndReport,
    Outcome,
    OutcomeRow,
    Request,
    RequestRow,
)
from services.identity.people.residents.levels import SHOWN_PAPERS
from services.identity.people.residents.phones import PHONE_STATES

STATES = ("pending", "certified", "rejected", "appealed", "deceased", "deactivated", "merged", "erased")


def _paper() -> fields.String:
    told = {"description": "证件种类；id_number 是该证件的号码"}
    return fields.String(load_default="id_card", validate=validate.OneOf(PAPERS), metadata=told)


def _country() -> Country:
    return Country(load_default=None, allow_none=True)


class RegisterResident(Shape):
    """A person registers with name, number of the ID card or another paper, phone, password and village."""

    name = PersonName(required=True)
    paper = _paper()
    id_number = PaperNumber(required=True)
    country = _country()
    phone = Phone(required=True, metadata={"description": "手机号，也是登录名"})
    password = Password(10, required=True)
    notice_version = Whole(
        1, 1_000_000, required=True, metadata={"description": "注册时看到的个人信息告知书版本"}
    )
    village = Region("village", required=True, metadata={"description": "所在村（社区）的 12 位区划代码"})


class CertifyResident(Shape):
    """The village vouches for a resident; whoever says how the shown paper's number ends is told where it is another's."""

    resident_id = Id(required=True)
    last_four = NumberEnding(load_default=None, allow_none=True)


class RejectResident(Shape):
    """The village does not vouch, and says why."""

    resident_id = Id(required=True)
    reason = Text(500, 2, lines=True, required=True)


class AppealRejection(Shape):
    """A rejected resident asks the town to decide."""

    resident_id = Id(required=True)
    reason = Text(500, 2, lines=True, required=True)


class DecideAppeal(Shape):
    """The town upholds the rejection or overturns it, and says why."""

    resident_id = Id(required=True)
    reason = Text(500, 2, lines=True, required=True)


class TryAgain(Shape):
    """A rejected resident corrects what was wrong and waits once more; what is not named stays."""

    resident_id = Id(required=True)
    name = PersonName(load_default=None, allow_none=True)
    paper = _paper()
    id_number = PaperNumber(load_default=None, allow_none=True)
    country = _country()
    village = Region("village", load_default=None, allow_none=True)


WANTED: dict[str, fields.Field] = {"name": PersonName(), "phone": Phone(), "id_number": PaperNumber()}
"""What a resident may ask to have corrected, and what it must look like."""


class AskCorrection(Shape):
    """Ask that one thing be corrected: the name, the phone, or the number (with its paper)."""

    resident_id = Id(required=True)
    what = fields.String(required=True, validate=validate.OneOf(CORRECTABLE))
    value = Text(50, required=True)
    paper = _paper()
    country = _country()

    @post_load
    def the_value_is_one_of_its_kind(self, data, **kwargs):
        """Clean a name, a phone or a number as where it was entered first."""
        try:
            return {**data, "value": WANTED[data["what"]].deserialize(data["value"])}
        except ValidationError as wrong:
            raise ValidationError(wrong.messages, "value") from None


class ProveResidentPhone(Shape):
    """A resident proves a phone, the own or a new one, by the code that came to it (purpose `phone`)."""

    resident_id = Id(required=True)
    code_id = Id(required=True)
    code = SmsCode(required=True)


class AskMove(Shape):
    """Ask to belong to another village."""

    resident_id = Id(required=True)
    to = Region("village", required=True)
    reason = Text(500, 2, lines=True, required=True)


class Decide(Shape):
    """Agree to what is asked, or take it back: the path says what."""

    resident_id = Id(required=True)


class Refuse(Shape):
    """Do not agree, and say why."""

    resident_id = Id(required=True)
    reason = Text(500, 2, lines=True, required=True)


class ReportEnd(Shape):
    """The village reports a death, or that the entry must not be used any more."""

    resident_id = Id(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(ENDS))
    reason = Text(500, 2, lines=True, required=True)


class Reactivate(Shape):
    """An entry was ended in error: it goes on as before."""

    resident_id = Id(required=True)
    reason = Text(500, 2, lines=True, required=True)


class Merge(Shape):
    """Two entries are one person's: `resident_id` stays, `ended_id` ends for good."""

    resident_id = Id(required=True)
    ended_id = PersonId(required=True)
    reason = Text(500, 2, lines=True, required=True)


class ListEndReports(Page):
    """The reports in the caller's scope that nobody has confirmed, longest waiting first."""

    kind = fields.String(load_default="deceased", validate=validate.OneOf(ENDS))


class ListRequests(Page):
    """The residents in the caller's scope who ask for something, longest waiting first."""

    kind = fields.String(load_default="correction", validate=validate.OneOf(REQUESTS))


class ListArrivals(Page):
    """The residents who were let go by another village and want to come to the caller's, longest waiting first."""


class SeeResident(Shape):
    """An official has seen the person with a paper at the window; only its kind and last four characters are kept."""

    resident_id = PersonId(required=True)
    paper = fields.String(required=True, validate=validate.OneOf(SHOWN_PAPERS))
    last_four = NumberEnding(required=True)


class RevokeSight(Shape):
    """The county does not believe what was recorded at the window, and says why."""

    resident_id = Id(required=True)
    reason = Text(500, 2, lines=True, required=True)


class FindResident(Shape):
    """One resident by id."""

    resident_id = Id(required=True)


class ListResidents(Page):
    """The residents in the caller's scope, longest waiting first."""

    state = fields.String(load_default="pending", validate=validate.OneOf(STATES))
    escalated = fields.Boolean(
        load_default=None,
        allow_none=True,
        truthy={True, "true"},
        falsy={False, "false"},
        metadata={"description": "只看已（未）转镇上办理的"},
    )


class ResidentRow(Answer):
    """A resident in a list: names and numbers masked, nothing of what was written."""

    id = Id(required=True)
    region = Region(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    assurance = fields.Integer(required=True, metadata={"description": "实名等级，0 至 3"})
    name = fields.String(attribute="masked_name", required=True)
    paper = fields.String(required=True, validate=validate.OneOf(PAPERS))
    id_number = MaskedNumber(attribute="masked_id_number", required=True)
    number_hint = fields.String(
        allow_none=True, metadata={"description": "号码首次签发地：here 本市，elsewhere 外地"}
    )
    phone = fields.String(attribute="masked_phone", required=True)
    phone_state = fields.String(
        required=True,
        validate=validate.OneOf(PHONE_STATES),
        metadata={
            "description": "手机号：proven 已用短信验证码证明，unproven 未证明，lost 已被他人用验证码证明"
        },
    )
    registered_at = Time(required=True)
    decided_at = Time(allow_none=True)
    decide_by = Time(allow_none=True)
    escalated_at = Time(allow_none=True)
    appeal_by = Time(allow_none=True)
    appeal = fields.Nested(AppealRow, allow_none=True)
    request = fields.Nested(RequestRow, allow_none=True)
    answer = fields.Nested(OutcomeRow, allow_none=True)
    merged_into = Id(allow_none=True)


class Resident(ResidentRow):
    """A resident as officials and the resident see it: names and numbers masked, with the reasons."""

    appeal = fields.Nested(Appeal, attribute="appeal_with_words", allow_none=True)
    request = fields.Nested(Request, attribute="request_with_words", allow_none=True)
    answer = fields.Nested(Outcome, attribute="answer_with_words", allow_none=True)
    reason = fields.String(allow_none=True)


RequestPage = page_of(Resident)
"""Who asks for something, with the reasons: they are what is decided on."""


class QueuedResident(ResidentRow):
    """A resident as officials see one in a list; the person reads nothing of another entry with the same number."""

    number_registered = fields.Boolean(
        required=True,
        metadata={"description": "证件号码已由另一账号登记：不能认证，须不予通过或报县里合并"},
    )


ResidentPage = page_of(QueuedResident)


class ListDoubles(Page):
    """The entries in the county that seem to be the person's of another entry, longest waiting first."""


class DoubleResident(QueuedResident):
    """An entry with the other one that seems to be the same person's; the county merges the two, or finds them to be two people."""

    double_of = Id(
        required=True, allow_none=True, metadata={"description": "疑为同一人的另一账号；null 为已不存在"}
    )


DoublePage = page_of(DoubleResident)


class Reported(ResidentRow):
    """A resident as officials see one whose end is reported; the person reads nothing of it before it is confirmed."""

    report = fields.Nested(EndReport, attribute="report_with_words", allow_none=True)


ReportedPage = page_of(Reported)
