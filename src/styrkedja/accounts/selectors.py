"""Accounts, for those who may see them."""

from django.db.models import QuerySet

from styrkedja.accounts.models import User


def account_by_username(username: str) -> User | None:
    """The active account of that user name."""
    return User.objects.filter(username=username.strip(), is_active=True).first()


def active_accounts() -> QuerySet[User]:
    """Every account that may be given a function, by user name."""
    return User.objects.filter(is_active=True).order_by("username")


def every_account() -> QuerySet[User]:
    """Closed accounts too, by user name: for those who run the service."""
    return User.objects.order_by("username")
