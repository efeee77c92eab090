"""What is done with contacts; `may_act(region)` tells whether the actor administers the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.errors import NotFound
from services.identity.divisions.contacts.model import Contact, only_a_town_or_a_village_has_a_contact

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.divisions.contacts.ports import Divisions, MayAct
    from services.identity.divisions.contacts.store import ContactStore


def tell(contacts: ContactStore, divisions: Divisions, may_act: MayAct, call: Call) -> Contact:
    """Tell how an office is reached; raises NotFound outside the actor's region, Rejected for a county."""
    asked, region = call.data, call.data["region"]
    only_a_town_or_a_village_has_a_contact(region)
    if not may_act(region):
        raise NotFound("contact.not_yours", "没有找到该单位，请核对区划代码。")
    office = divisions.get(region)
    told = (asked["phone"], asked.get("address"), asked.get("hours"), call.now)
    contact = contacts.find(region, call)
    if contact:
        contacts.save(contact, contact.tell(*told), call)
        return contact
    contact = Contact(region, region, *told, edition=office.edition)
    contacts.add(contact, contact.tell(*told), call)
    return contact
