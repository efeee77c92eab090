"""The kinds of notices, and what a person has chosen for each."""

from dataclasses import dataclass, field

from services.chassis.core.errors import Rejected

CHANNELS = ("none", "inbox", "sms")
"""From the least to the most; an SMS never comes alone, the inbox has it too."""


@dataclass(frozen=True)
class Kind:
    """One kind of notices: the nouns of its events, who gets it, where it comes usually, and the least that can be chosen."""

    to: str
    usual: str
    least: str
    nouns: tuple[str, ...] = ()


KINDS = {
    "certification": Kind("resident", "sms", "inbox", ("identity.resident",)),
    "applications": Kind("resident", "sms", "inbox", ("affairs.application",)),
    "listings": Kind("resident", "inbox", "none", ("market.listing",)),
    "orders": Kind("resident", "inbox", "none", ("market.order", "market.claim", "market.conversation")),
    "duties": Kind("official", "inbox", "inbox"),
    "digest": Kind("official", "inbox", "none"),
    "others": Kind("both", "inbox", "inbox"),
}
"""Decisions about a person are told at least in the inbox: nobody can choose not to be served (行政许可法 art. 32, 38, 44)."""


WARNINGS = (
    "identity.resident.password_changed",
    "identity.resident.phone_changed",
    "identity.wechat_binding.bound",
)
"""Events of which somebody hears who may have lost the account: by phone, whatever was chosen from within it, and at once."""


@dataclass
class Preferences:
    """One person's choices by kind; what is not chosen comes where it comes usually."""

    id: str
    region: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    version: int = 0

    def choose(self, choices: dict[str, str], kind_of_person: str) -> None:
        """Replace all choices; raises Rejected for a kind that is not theirs, too little, or an SMS without a phone."""
        for kind, channel in choices.items():
            a_kind_is_chosen_by_those_who_get_it(kind, kind_of_person)
            what_must_be_told_cannot_be_turned_off(kind, channel)
            only_who_has_a_phone_here_gets_messages(channel, kind_of_person)
        self.choices = dict(choices)

    def channel(self, kind: str) -> str:
        """Where notices of this kind go."""
        return self.choices.get(kind, KINDS[kind].usual)


def kind_of(event: str, for_office: bool = False) -> str:
    """The kind of an event's notices: to an office it is a duty, whatever it is to the person concerned."""
    if for_office:
        return "duties"
    noun = event.rpartition(".")[0]
    return next((name for name, kind in KINDS.items() if noun in kind.nouns), "others")


def is_warning(event: str) -> bool:
    """Tell whether an event is one that its person must hear of in time to undo it."""
    return event in WARNINGS


def kinds_for(kind_of_person: str) -> dict[str, Kind]:
    """The kinds that residents or officials get."""
    return {name: kind for name, kind in KINDS.items() if kind.to in (kind_of_person, "both")}


def channels_of(kind: str, kind_of_person: str) -> list[str]:
    """What can be chosen for a kind."""
    least = CHANNELS.index(KINDS[kind].least)
    return [one for one in CHANNELS[least:] if one != "sms" or kind_of_person == "resident"]


def rests_on_consent(kind: str) -> bool:
    """Tell whether messages of a kind are sent for convenience only, and not because somebody must be told."""
    return KINDS[kind].to == "resident" and KINDS[kind].least == "none"


def messages_that_nobody_needs_are_consented_to(choices: dict[str, str], consents: bool) -> None:
    """A phone is used for what is merely convenient with consent only (个人信息保护法 art. 13(1) no. 1)."""
    if not consents and any(c == "sms" and rests_on_consent(kind) for kind, c in choices.items()):
        raise Rejected("preference.consent_missing", "请先同意用短信告知买卖进展，再选择短信接收。")


def a_kind_is_chosen_by_those_who_get_it(kind: str, kind_of_person: str) -> None:
    """A resident chooses for residents' notices, an official for officials'."""
    if kind not in kinds_for(kind_of_person):
        raise Rejected("preference.not_yours", "您不会收到这类通知，不用设置。", kind=kind)


def what_must_be_told_cannot_be_turned_off(kind: str, channel: str) -> None:
    """Decisions about a person reach the inbox at least."""
    if CHANNELS.index(channel) < CHANNELS.index(KINDS[kind].least):
        raise Rejected("preference.mandatory", "这类通知必须告知您，不能关闭，可以只在站内接收。", kind=kind)


def only_who_has_a_phone_here_gets_messages(channel: str, kind_of_person: str) -> None:
    """Of officials no phone is kept."""
    if channel == "sms" and kind_of_person != "resident":
        raise Rejected("preference.no_phone", "工作人员的通知只在站内接收，请选择站内。")
