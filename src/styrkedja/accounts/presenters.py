"""Accounts as the pages show them."""

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.ui.components import Fact


def account_facts(account: User) -> list[Fact]:
    facts = [Fact(_("Namn"), account.name), Fact(_("Användarnamn"), account.username)]
    return [*facts, Fact(_("HSA-id"), account.employee_hsa_id)] if account.employee_hsa_id else facts
