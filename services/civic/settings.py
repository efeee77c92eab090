"""Settings of the matter itself, on top of the chassis' own: terms of law and custom, outside offices, keys of a county."""

import re
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from services.chassis.core.settings import Settings, WrongSetting

TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]"


COUNTS = (
    "certification_days",
    "appeal_days",
    "mandate_most_months",
    "mandate_most_wards",
    "duty_most_days",
    "order_most_unpaid",
    "claim_days",
    "claim_answer_days",
    "claim_dispute_days",
    "claim_return_days",
    "claim_confirm_days",
    "claim_decision_days",
    "rating_mend_days",
    "rating_confirm_days",
    "rating_solved_days",
    "review_ask_days",
    "review_decide_days",
    "conversation_open_days",
    "conversation_kept_months",
    "department_applications",
    "registrations_of_address",
    "registrations_of_network",
    "paper_checks_of_address",
    "paper_checks_of_network",
    "look_ups_of_address",
    "look_ups_of_network",
    "look_ups_of_number",
    "number_guesses_of_account",
    "number_guesses_of_address",
    "number_guesses_of_network",
)
"""Numbers that must be at least one."""


@dataclass(frozen=True)
class CivicSettings(Settings):
    """What every service of a county, the gateway and the deployment may be told."""

    # key of the hash under which a report's receipt is kept: 32 bytes, base64
    receipt_key: bytes = b""
    # key of the gateway's hashes, under which an anonymous reporter's Idempotency-Key leaves it (gateway only): 32 bytes, base64
    gateway_key: bytes = b""
    # county that the pages begin with: 6 digits
    home_county: str = "510183"
    # PEM file with the Ed25519 keys that sign access tokens (identity only)
    signing_key_file: str = ""
    # working days until a village's certification queue reaches the town, and days in which a rejection may be appealed
    certification_days: int = 5
    appeal_days: int = 60
    # roles that cannot be used without a second factor, with commas; none: it is everybody's own choice
    second_factor_roles: tuple[str, ...] = ("county_administrator", "data_officer", "discipline_officer")
    # work that lets a sign-in or a code through where too many others were wrong or asked: 2 to this power hashes, 20 are a
    # second or a few on a phone; each one more doubles it
    proof_of_work_bits: int = 20
    # payment provider: its address, and the secret of its signed callbacks
    payment_url: str = ""
    payment_secret: str = ""
    # SMS provider and the one that is asked where it fails: addresses, and the secrets of both directions; empty: no SMS
    sms_url: str = ""
    sms_secret: str = ""
    sms_fallback_url: str = ""
    sms_fallback_secret: str = ""
    # hours in which nobody is woken by an SMS about a matter, Chinese time; 00:00-00:00: none
    sms_quiet_hours: str = "21:00-08:00"
    # seconds in which all steps of one matter become one SMS
    sms_window: float = 600.0
    # household register of another office, asked for whom the imported one does not confirm: its address, and the secret
    # of both directions; empty: only the imported one
    register_url: str = ""
    register_secret: str = ""
    # sign-in with WeChat: the county's own app there and its secret, where a browser is sent and where its code is exchanged;
    # without an app: none
    wechat_app_id: str = ""
    wechat_app_secret: str = ""
    wechat_authorize_url: str = "https://open.weixin.qq.com/connect/oauth2/authorize"
    wechat_api_url: str = "https://api.weixin.qq.com"
    # virus scanner of files that people hand in (affairs, market): clamd's address, tcp://host:3310 or unix:///path; empty: none
    clamd_url: str = ""
    # days in which a resident may cancel the erasure of the own data
    erasure_cooling_days: int = 15
    # days in which a resident can fetch a copy of the own data, before it is removed
    export_kept_days: int = 7
    # folders in which the fonts of printed papers are looked for, at any depth, with commas
    paper_fonts: tuple[str, ...] = ("/usr/share/fonts",)
    # key and certificates that sign results on paper (affairs), PEM, as `python -m deploy.paper_authority` makes them; empty: none is issued
    paper_signing_key: str = ""
    # broker as departments reach it: amqps://host:port; empty: where AMQP_URI is
    departments_amqp_uri: str = ""
    # applications of departments that are taken from one network in an hour
    department_applications: int = 20
    # registrations of residents that are taken from one address and from one network in an hour
    registrations_of_address: int = 60
    registrations_of_network: int = 300
    # checks of papers that are taken from one address and from one network in an hour (affairs)
    paper_checks_of_address: int = 60
    paper_checks_of_network: int = 300
    # look-ups of an application's progress without an account that are taken in an hour: from one address, from one network, and of
    # one number (affairs)
    look_ups_of_address: int = 60
    look_ups_of_network: int = 300
    look_ups_of_number: int = 20
    # short numbers that are nobody's which are taken in an hour: from one account, from one address and from one network
    number_guesses_of_account: int = 10
    number_guesses_of_address: int = 30
    number_guesses_of_network: int = 150
    # 1 opens loopback, also without TLS, for webhooks: for local tests only
    webhook_allow_local: bool = False
    # networks that no webhook may go to, beside all that is not public: those of yours that have public addresses, with commas
    webhook_closed_networks: tuple[str, ...] = ()
    # months that a mandate lasts at most, and wards that one helper may have at a time
    mandate_most_months: int = 12
    mandate_most_wards: int = 5
    # orders that one buyer may leave unpaid at a time
    order_most_unpaid: int = 5
    # market, in days: after receipt to ask for money back, for the seller to answer, for the buyer to dispute a refusal and to
    # send goods back, for the seller to confirm them, and for the county to decide a dispute
    claim_days: int = 7
    claim_answer_days: int = 3
    claim_dispute_days: int = 7
    claim_return_days: int = 7
    claim_confirm_days: int = 10
    claim_decision_days: int = 15
    # affairs: working days in which a bad rating is mended and answered, and in which the citizen says whether it is; days after
    # a rating until it is asked whether the matter was truly solved
    rating_mend_days: int = 5
    rating_confirm_days: int = 10
    rating_solved_days: int = 28
    # affairs: working days after a decision, or the office's answer, in which a review of it is asked, and in which whoever has
    # the review, the office and then the county, decides it
    review_ask_days: int = 15
    review_decide_days: int = 10
    # days after an order's end in which buyer and seller can still write to each other, and months that it is kept
    conversation_open_days: int = 30
    conversation_kept_months: int = 12
    # days in a row that one official may be on duty in an office's rota
    duty_most_days: int = 7

    def signing_key(self) -> bytes:
        """Read the signing key's PEM file."""
        try:
            return Path(self.signing_key_file).read_bytes()
        except OSError as error:
            raise WrongSetting(f"SIGNING_KEY_FILE cannot be read: {error.strerror or error}.") from None

    def check(self) -> None:
        """Refuse what the chassis refuses, terms that no regulation allows, and half of a provider."""
        super().check()
        self._have_bytes(32, "receipt_key", "gateway_key")
        if not re.fullmatch("[0-9]{6}", self.home_county):
            raise WrongSetting("HOME_COUNTY must be the six digits of a county.")
        self._begin_with(("amqps", "amqp", ""), "departments_amqp_uri")
        self._begin_with(("http", "https", ""), "payment_url", "sms_url", "sms_fallback_url", "register_url")
        self._begin_with(("http", "https"), "wechat_authorize_url", "wechat_api_url")
        self._check_clamd()
        self._check_paper_key()
        self._are_above_zero(*COUNTS)
        if not 0 <= self.erasure_cooling_days <= 30:
            raise WrongSetting("ERASURE_COOLING_DAYS must be 0 to 30.")
        if not 1 <= self.export_kept_days <= 30:
            raise WrongSetting("EXPORT_KEPT_DAYS must be 1 to 30.")
        if not 1 <= self.proof_of_work_bits <= 30:
            raise WrongSetting("PROOF_OF_WORK_BITS must be 1 to 30.")
        self._check_secrets()
        self._check_sms()
        self._check_networks()

    def _check_secrets(self) -> None:
        """Without a secret anybody could sign what a provider says."""
        for place in ("sms", "sms_fallback", "register"):
            if getattr(self, f"{place}_url") and not getattr(self, f"{place}_secret"):
                name = place.upper()
                raise WrongSetting(f"{name}_SECRET must be set where {name}_URL is.")
        if self.wechat_app_id and not self.wechat_app_secret:
            raise WrongSetting("WECHAT_APP_SECRET must be set where WECHAT_APP_ID is.")

    def _check_paper_key(self) -> None:
        """A key that signs nothing would be found out only when the first paper is issued."""
        if self.paper_signing_key:
            # few processes have one, and it takes a library to read it
            from services.civic.paper.bundles import is_a_bundle

            if is_a_bundle(self.paper_signing_key):
                return
            raise WrongSetting(
                "PAPER_SIGNING_KEY must be a key, its certificate and its authority's, as deploy.paper_authority makes them."
            )

    def _check_clamd(self) -> None:
        """An address that nobody could connect to would let every file wait."""
        self._begin_with(("tcp", "unix", ""), "clamd_url")
        try:
            where = urlsplit(self.clamd_url)
            complete = (where.hostname and where.port) if where.scheme == "tcp" else where.path
        except ValueError:
            complete = False
        if self.clamd_url and not complete:
            raise WrongSetting("CLAMD_URL must be like tcp://host:3310 or unix:///run/clamav/clamd.ctl.")

    def _check_sms(self) -> None:
        """Without a first provider there is none to fall back from."""
        if self.sms_fallback_url and not self.sms_url:
            raise WrongSetting("SMS_URL must be set where SMS_FALLBACK_URL is.")
        if not re.fullmatch(f"{TIME}-{TIME}", self.sms_quiet_hours):
            raise WrongSetting("SMS_QUIET_HOURS must be two times like 21:00-08:00.")
        if not 0 <= self.sms_window < float("inf"):
            raise WrongSetting("SMS_WINDOW must be 0 or more.")

    def _check_networks(self) -> None:
        """A network that is none would be open."""
        try:
            for network in self.webhook_closed_networks:
                ip_network(network)
        except ValueError:
            raise WrongSetting(
                "WEBHOOK_CLOSED_NETWORKS must be networks like 203.0.113.0/24, with commas."
            ) from None
