"""The two processes that serve: the web server and the job worker. Each runs in the foreground until SIGTERM or Ctrl-C."""

import errno
import gc
import os
import signal
import socket
import sys
import threading
from typing import Any

from styrkedja.cli.main import fail
from styrkedja.config.environment import number, text

HIGHEST_PORT = 65_535
# Seconds from when a web process begins to answer until it loads what only some pages need.
_WARM_AFTER = 3


def address() -> tuple[str, int]:
    """Where the web server listens: BIND and PORT."""
    port = number("PORT", 8000)
    if not 1 <= port <= HIGHEST_PORT:
        fail(f"PORT ska vara ett tal mellan 1 och {HIGHEST_PORT}, men är {port}.")
    return text("BIND", "127.0.0.1"), port


def take_port() -> socket.socket:
    """Binds the address, so that nobody else takes it while the rest starts. Fails with one line when it cannot be had."""
    host, port = address()
    taken = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except PermissionError:
        fail(f"Port {port} får bara användas av systemet. Ange en annan: make run PORT=8000")
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            fail(f"Port {port} används av ett annat program. Ange en annan: make run PORT={port + 1 if port < HIGHEST_PORT else 8000}")
        fail(f"Det går inte att lyssna på {host}, port {port} ({error.strerror}). Kontrollera BIND och PORT.")
    return taken


def answers(listening: socket.socket) -> bool:
    """Does anybody take calls on the socket?"""
    with socket.socket(listening.family, socket.SOCK_STREAM) as caller:
        caller.settimeout(1)
        return caller.connect_ex(listening.getsockname()) == 0


def serve(listening: socket.socket) -> None:
    """Runs gunicorn on that socket. The application is loaded once, before the workers are forked."""
    from gunicorn.app.base import BaseApplication

    class Web(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in _web_settings(listening.detach()).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from styrkedja.config.wsgi import application

            return application

    Web().run()


def _web_settings(listening: int) -> dict[str, Any]:
    return {
        "bind": [f"fd://{listening}"],
        "workers": number("WEB_WORKERS", 2),
        "threads": number("WEB_THREADS", 2),
        "worker_class": "gthread",
        "preload_app": True,
        "when_ready": _settle,
        "post_worker_init": _warm,
        "timeout": number("WEB_SECONDS", 60),
        "graceful_timeout": 15,
        "max_requests": number("WEB_REQUESTS", 10_000),
        "max_requests_jitter": 1_000,
        "control_socket_disable": True,
        "loglevel": "warning",
    }


def _settle(_server: Any) -> None:
    """What the application has loaded is not looked through again for garbage: that took longer than a page, and split the memory that workers share."""
    gc.collect()
    gc.freeze()


def _warm(_worker: Any) -> None:
    """Of all pages, those of indicators by another organisation alone add figures up, and what that takes is a second to load: nobody waits for it at
    the start, nor for the page.
    """
    later = threading.Timer(_WARM_AFTER, _load)
    later.daemon = True
    later.start()


def _load() -> None:
    from styrkedja.indicators.warming import warm

    warm()


def work() -> None:
    """Runs the job worker, with database connections of its own as the library asks."""
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import ConnectorException

    with app.replace_connector(app.connector.get_worker_connector()):
        try:
            app.run_worker()
        except ConnectorException as lost:
            fail(f"Jobben har förlorat databasen ({lost.__cause__}). Se till att den är i gång och starta jobben på nytt.")


def end_with_parent() -> None:
    """Ends this process when the one that started it is gone, however it went: standard input, a pipe from it, closes then."""

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
