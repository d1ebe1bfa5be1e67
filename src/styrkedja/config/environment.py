"""Settings that come from the environment, each with its default and one sentence. The names are listed in docs/settings.md."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[3]


def text(name: str, default: str) -> str:
    return os.environ.get(name) or default


def number(name: str, default: int) -> int:
    value = os.environ.get(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise SystemExit(f"Miljövariabeln {name} ska vara ett heltal, men är {value!r}. Rätta den och starta om.") from None


def var_folder() -> Path:
    """Where the program keeps what it makes: the embedded database, collected static files, its own secrets."""
    return Path(text("STYRKEDJA_VAR", str(ROOT / "var")))


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name)
    return default if not value else value.lower() in {"1", "true", "yes", "ja", "on"}


def database(url: str) -> dict[str, object]:
    """Django's description of the database at `url` (postgresql://user:password@host:port/name?option=value)."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SystemExit("DATABASE_URL ska börja med postgresql://. Styrkedja använder PostgreSQL 15 eller nyare.")
    options = {"connect_timeout": "10", **dict(parse_qsl(parts.query))}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": {**options, "server_side_binding": True, "prepare_threshold": number("DATABASE_PREPARE_AFTER", 5) or None},
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": number("DATABASE_CONNECTION_SECONDS", 60),
        "TEST": {
            "NAME": text("TEST_DATABASE_NAME", f"test_{unquote(parts.path.lstrip('/'))}"),
            "TEMPLATE": text("TEST_DATABASE_TEMPLATE", "") or None,
        },
    }
