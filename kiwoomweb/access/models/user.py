"""A person who signs in with an e-mail address."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

__all__ = ["User"]


class UserManager(BaseUserManager["User"]):
    """Makes users; addresses are kept in lower case, so one address is one person."""

    def create_user(self, email: str, password: str | None = None, **rest: Any) -> "User":
        user = self.model(email=email.strip().lower(), **rest)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Rights come from memberships alone: there is no superuser and no staff."""

    email = models.EmailField(_("이메일"), unique=True)
    display_name = models.CharField(_("이름"), max_length=40, blank=True)
    #: The language this person chose; blank follows the browser.
    language = models.CharField(_("언어"), max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case"),)

    def __str__(self) -> str:
        return self.display_name or self.email.partition("@")[0]

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()
