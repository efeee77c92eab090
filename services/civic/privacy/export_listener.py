"""How a service hears that a copy of what it holds of a person is asked for, and that the person was erased: then every copy goes."""

from services.chassis.listeners import hears
from services.civic.privacy.data_subject_export import TOLD, gather


class ExportPartListeners:
    """`portions` and `held_of_a_person` are the service's."""

    @hears("identity.export.asked", "identity.export.asked_again", queue="portions")
    def on_identity_export(self, event, call):
        gather(self.portions, self.held_of_a_person, TOLD, event, call)

    @hears("identity.resident.erased", queue="portions")
    def on_person_erased_forget_copies(self, event, call):
        self.portions.forget(call.data["resident_id"])
        self.held_of_a_person.forget_answers(call.data["resident_id"])
