"""Users. What a user may do follows from the functions held (organisations), never from the account."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Makes an account; with no password it cannot sign in."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. `name` is what others see; in demonstration data it is a function, never a person."""

    username = models.CharField(_("användarnamn"), max_length=150, unique=True)
    name = models.CharField(_("namn"), max_length=200)
    email = models.EmailField(_("e-post"), blank=True)
    employee_hsa_id = models.CharField(_("HSA-id"), max_length=31, null=True, blank=True, unique=True)
    language = models.CharField(_("språk"), max_length=5, default="sv")
    wants_email = models.BooleanField(_("vill ha e-post"), default=True)
    is_active = models.BooleanField(_("aktiv"), default=True)
    is_administrator = models.BooleanField(_("systemförvaltare"), default=False)
    created_at = models.DateTimeField(_("skapad"))

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("konto")
        verbose_name_plural = _("konton")

    def __str__(self) -> str:
        return self.name or self.username
