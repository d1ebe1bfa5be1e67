from datetime import UTC, datetime

from styrkedja.accounts.models import User

MADE_AT = datetime(2026, 1, 2, 8, 0, tzinfo=UTC)


def make_user(
    username: str = "registrator", *, name: str = "", administrator: bool = False, active: bool = True, password: str | None = None
) -> User:
    """An account; with no password it can be used with `client.force_login` only."""
    name = name or username.capitalize()
    return User.objects.create_user(username, password, name=name, is_administrator=administrator, is_active=active, created_at=MADE_AT)
