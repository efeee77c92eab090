"""Who takes the leave back has nothing kept any more: what rests on it ends (个人信息保护法 art. 15, 47(1)3)."""

from services.affairs.matters.fitting.store import FittingAnswerStore
from services.chassis.listeners import hears

PURPOSE = "fitting"


class FittingListeners:
    """Hears of leave that is taken back; what is deleted already stays so."""

    fitting_answers: FittingAnswerStore

    @hears("identity.consent.withdrawn", queue="fitting")
    def on_identity_consent_withdrawn(self, event, call):
        if event.data["purpose"] == PURPOSE:
            self.fitting_answers.forget(event.data["resident_id"])
