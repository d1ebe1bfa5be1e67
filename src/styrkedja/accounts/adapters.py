"""How sign-in differs from the library's own: accounts are given, never opened by the visitor."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up on their own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
