"""The residents' endpoints."""

from collections.abc import Callable

from services.chassis.core.scope import may_act_in, scope_filter
from services.chassis.core.secrets import Passwords
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.people.residents import (
    account_facts,
    fitting_facts,
    numbered,
    operations,
    proofs,
    registration,
    usecases,
    views,
)
from services.identity.people.residents.model import Resident
from services.identity.people.residents.number_guesses import NumberGuesses
from services.identity.people.residents.ports import (
    ConsentsToFitting,
    CountRegistration,
    Erasures,
    IdentityHash,
    InHousehold,
    JustSignedIn,
    PasswordIsGood,
    PrivacyNotice,
    ProvePhone,
    Villages,
)
from services.identity.people.residents.store import ResidentStore
from services.identity.people.residents.terms import ResidentTerms


class ResidentEndpoints:
    """Registration, certification and appeals; what is annotated only is wired in the service."""

    residents = Provided(ResidentStore)
    number_guesses = Provided(NumberGuesses)
    terms = Provided(ResidentTerms)
    villages: Villages
    privacy_notice: PrivacyNotice
    passwords: Passwords
    password_is_good: PasswordIsGood
    identity_hash: IdentityHash
    erasures: Erasures
    count_registration: CountRegistration
    just_signed_in: JustSignedIn
    prove_own_phone: ProvePhone
    consents_to_fitting: ConsentsToFitting
    in_household: InHousehold

    @rpc(operations.register_resident)
    def register_resident(self, call: Call) -> Resident:
        return registration.register(
            self.residents,
            self.villages,
            self.privacy_notice,
            self.passwords,
            self.password_is_good,
            self.identity_hash,
            self.terms,
            self.count_registration,
            call,
        )

    @rpc(operations.prove_resident_phone)
    def prove_resident_phone(self, call: Call) -> Resident:
        return proofs.set_phone(
            self.residents, self.just_signed_in, self.prove_own_phone, views.oneself(call), call
        )

    @rpc(operations.certify_resident)
    def certify_resident(self, call: Call) -> Resident:
        return usecases.certify(
            self.residents, self.identity_hash, scope_filter(call.actor, *operations.CERTIFIERS), call
        )

    @rpc(operations.reject_resident)
    def reject_resident(self, call: Call) -> Resident:
        return usecases.reject(
            self.residents, self.terms, scope_filter(call.actor, *operations.CERTIFIERS), call
        )

    @rpc(operations.appeal_rejection)
    def appeal_rejection(self, call: Call) -> Resident:
        return usecases.appeal(self.residents, views.oneself(call), call)

    @rpc(operations.uphold_rejection)
    def uphold_rejection(self, call: Call) -> Resident:
        return usecases.uphold(self.residents, scope_filter(call.actor, *operations.APPEAL_DECIDERS), call)

    @rpc(operations.overturn_rejection)
    def overturn_rejection(self, call: Call) -> Resident:
        return usecases.overturn(self.residents, scope_filter(call.actor, *operations.APPEAL_DECIDERS), call)

    @rpc(operations.try_certification_again)
    def try_certification_again(self, call: Call) -> Resident:
        scope = views.oneself(call)
        return registration.try_again(
            self.residents, self.villages, self.identity_hash, self.terms, scope, call
        )

    @rpc(operations.ask_correction)
    def ask_correction(self, call: Call) -> Resident:
        return usecases.ask_correction(self.residents, self.identity_hash, views.oneself(call), call)

    @rpc(operations.approve_correction)
    def approve_correction(self, call: Call) -> Resident:
        scope = scope_filter(call.actor, *operations.CERTIFIERS)
        return usecases.approve_correction(
            self.residents, _acting_in(call, "town_administrator"), scope, call
        )

    @rpc(operations.refuse_correction)
    def refuse_correction(self, call: Call) -> Resident:
        scope = scope_filter(call.actor, *operations.CERTIFIERS)
        return usecases.refuse_correction(self.residents, _acting_in(call, "town_administrator"), scope, call)

    @rpc(operations.withdraw_correction)
    def withdraw_correction(self, call: Call) -> Resident:
        return usecases.withdraw_correction(self.residents, views.oneself(call), call)

    @rpc(operations.ask_move)
    def ask_move(self, call: Call) -> Resident:
        return usecases.ask_move(self.residents, self.villages, views.oneself(call), call)

    @rpc(operations.release_resident)
    def release_resident(self, call: Call) -> Resident:
        return usecases.release(self.residents, scope_filter(call.actor, *operations.CERTIFIERS), call)

    @rpc(operations.accept_move)
    def accept_move(self, call: Call) -> Resident:
        scope = views.or_repeated(views.concerned(call, *operations.CERTIFIERS), call)
        return usecases.accept_move(self.residents, _acting_in(call, *operations.CERTIFIERS), scope, call)

    @rpc(operations.refuse_move)
    def refuse_move(self, call: Call) -> Resident:
        scope = views.or_repeated(views.concerned(call, *operations.CERTIFIERS), call)
        return usecases.refuse_move(self.residents, _acting_in(call, *operations.CERTIFIERS), scope, call)

    @rpc(operations.cancel_move)
    def cancel_move(self, call: Call) -> Resident:
        return usecases.cancel_move(self.residents, views.oneself(call), call)

    @rpc(operations.list_resident_requests)
    def list_resident_requests(self, call: Call) -> dict:
        return views.asking(self.residents, call)

    @rpc(operations.list_arrivals)
    def list_arrivals(self, call: Call) -> dict:
        return views.arriving(self.residents, call)

    @rpc(operations.report_end)
    def report_end(self, call: Call) -> Resident:
        return usecases.report_end(self.residents, scope_filter(call.actor, *operations.CERTIFIERS), call)

    @rpc(operations.confirm_end)
    def confirm_end(self, call: Call) -> Resident:
        return usecases.confirm_end(self.residents, scope_filter(call.actor, "town_administrator"), call)

    @rpc(operations.dismiss_end)
    def dismiss_end(self, call: Call) -> Resident:
        return usecases.dismiss_end(self.residents, scope_filter(call.actor, *operations.CERTIFIERS), call)

    @rpc(operations.reactivate_resident)
    def reactivate_resident(self, call: Call) -> Resident:
        return usecases.reactivate(self.residents, scope_filter(call.actor, "town_administrator"), call)

    @rpc(operations.merge_residents)
    def merge_residents(self, call: Call) -> Resident:
        scope = scope_filter(call.actor, "county_administrator")
        return usecases.merge(self.residents, self.erasures, scope, call)

    @rpc(operations.list_end_reports)
    def list_end_reports(self, call: Call) -> dict:
        return views.reported(self.residents, call)

    @rpc(operations.see_resident)
    def see_resident(self, call: Call) -> Resident:
        return usecases.see(
            self.residents, self.identity_hash, scope_filter(call.actor, *operations.WINDOW), call
        )

    @rpc(operations.revoke_sight)
    def revoke_sight(self, call: Call) -> Resident:
        return usecases.revoke_sight(self.residents, scope_filter(call.actor, *operations.COUNTY), call)

    @rpc(operations.find_resident)
    def find_resident(self, call: Call) -> Resident:
        return views.one(self.residents, call)

    @rpc(operations.account_facts)
    def account_facts(self, call: Call) -> dict:
        return account_facts.facts(self.residents, self.identity_hash, call)

    @rpc(operations.fitting_facts)
    def fitting_facts(self, call: Call) -> dict:
        return fitting_facts.facts(self.residents, self.consents_to_fitting, self.in_household, call)

    @rpc(operations.whose_number)
    def whose_number(self, call: Call) -> dict:
        return numbered.whose(self.residents, self.number_guesses, call)

    @rpc(operations.find_number_holder)
    def find_number_holder(self, call: Call) -> Resident:
        return views.holder(self.residents, call)

    @rpc(operations.list_doubles)
    def list_doubles(self, call: Call) -> dict:
        return views.doubles(self.residents, call)

    @rpc(operations.list_residents)
    def list_residents(self, call: Call) -> dict:
        return views.waiting(self.residents, call)


def _acting_in(call: Call, *roles: str) -> Callable[[str], bool]:
    return lambda region: may_act_in(call.actor, region, *roles)
