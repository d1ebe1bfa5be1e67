"""What `styrkedja run` and its kin refuse: one clear Swedish line, a non-zero exit, and nothing half-done."""

import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.factories.ports import free_port

PROGRAM = Path(sys.executable).with_name("styrkedja")


def call(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PORT", "BIND", "STYRKEDJA_VAR"}}
    return subprocess.run([str(PROGRAM), *words], env=clean | environment, capture_output=True, text=True, timeout=120, check=False)


@contextmanager
def listener() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one line that the command said on standard error; it said nothing else."""
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    return line


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize("command", ["run", "web"])
def test_a_taken_port_is_refused_before_anything_else(command: str, tmp_path: Path) -> None:
    with listener() as port:
        done = call(command, PORT=str(port), STYRKEDJA_VAR=str(tmp_path / "var"), DATABASE_URL="")
    assert refusal(done) == f"Port {port} används av ett annat program. Ange en annan: make run PORT={port + 1}"
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("port", "message"),
    [
        ("0", "PORT ska vara ett tal mellan 1 och 65535, men är 0."),
        ("65536", "PORT ska vara ett tal mellan 1 och 65535, men är 65536."),
        ("åtta", "Miljövariabeln PORT ska vara ett heltal, men är 'åtta'. Rätta den och starta om."),
    ],
)
def test_a_port_that_is_none_is_refused(port: str, message: str, tmp_path: Path) -> None:
    assert refusal(call("run", PORT=port, STYRKEDJA_VAR=str(tmp_path / "var"))) == message
    assert files(tmp_path) == []


def test_an_address_of_another_machine_is_refused(tmp_path: Path) -> None:
    done = call("run", BIND="192.0.2.1", PORT="8000", STYRKEDJA_VAR=str(tmp_path / "var"))
    assert refusal(done).startswith("Det går inte att lyssna på 192.0.2.1, port 8000 (")
    assert files(tmp_path) == []


def test_a_database_that_does_not_answer_is_refused_without_naming_its_password(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        url = f"postgresql://styrkedja:hemligt@127.0.0.1:{port}/styrkedja"
        line = refusal(call("run", DATABASE_URL=url, PORT=str(free_port()), STYRKEDJA_VAR=str(tmp_path / "var")))
    assert line.startswith(f"Databasen styrkedja på 127.0.0.1:{port} svarar inte (")
    assert line.endswith("Kontrollera DATABASE_URL och att servern är i gång.")
    assert "hemligt" not in line
    assert files(tmp_path) == ["var", "var/secret-key"]


def test_a_database_made_by_another_major_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "postgres"
    folder.mkdir(parents=True)
    (folder / "PG_VERSION").write_text("14\n")
    line = refusal(call("run", PORT=str(free_port()), STYRKEDJA_VAR=str(tmp_path / "var")))
    assert line.startswith(f"Databasen i {folder} är gjord av PostgreSQL 14, men programmet har version ")
    assert "make reset" in line
    assert files(tmp_path) == ["var", "var/postgres", "var/postgres/PG_VERSION"]


@pytest.mark.parametrize("obstacle", ["a folder without write right", "a file where a folder should be"])
def test_a_folder_that_cannot_be_written_is_refused(obstacle: str, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    if obstacle.startswith("a file"):
        closed.touch()
    elif os.geteuid() == 0:
        pytest.skip("everything may be written by the system's own user")
    else:
        closed.mkdir(mode=0o555)
    line = refusal(call("run", PORT=str(free_port()), STYRKEDJA_VAR=str(closed / "var")))
    assert line == f"Det går inte att skriva i {closed / 'var'}. Ge användaren skrivrätt till mappen eller ange en annan i STYRKEDJA_VAR."
    assert files(tmp_path) == ["closed"]


def test_a_second_run_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    folder = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    (tmp_path / "run.pid").write_text("4711")
    line = refusal(call("run", PORT=str(free_port()), STYRKEDJA_VAR=str(tmp_path)))
    os.close(folder)
    assert line == f"Styrkedja körs redan med {tmp_path} (process 4711). Stoppa med styrkedja stop."
    assert files(tmp_path) == ["run.pid"]


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a database without tables, on the server of the tests."""
    known = settings.DATABASES["default"]
    name = f"{known['TEST']['NAME']}_empty"
    query = "&".join(f"{key}={value}" for key, value in {"host": known["HOST"], "port": known["PORT"] or "5432"}.items())
    head = f"postgresql://{known['USER']}:{known['PASSWORD']}@"
    with psycopg.connect(f"{head}/postgres?{query}", autocommit=True) as server:
        server.execute(f'drop database if exists "{name}" with (force)')
        server.execute(f'create database "{name}"')
        yield f"{head}/{name}?{query}"
        server.execute(f'drop database "{name}" with (force)')


@pytest.mark.parametrize("command", ["web", "worker"])
def test_nothing_serves_from_a_database_that_is_not_prepared(command: str, empty_database: str, tmp_path: Path) -> None:
    done = call(command, DATABASE_URL=empty_database, PORT=str(free_port()), STYRKEDJA_VAR=str(tmp_path))
    assert refusal(done) == "Databasen är inte uppdaterad till programmets version. Kör styrkedja prepare."
    with psycopg.connect(empty_database) as database:
        assert database.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone() == (0,)


def test_a_county_with_faults_is_refused_and_not_loaded(empty_database: str, tmp_path: Path) -> None:
    definitions = tmp_path / "definitions"
    _copy(settings.DEFINITIONS, definitions, ("national", "routines", "counties/jamtland-harjedalen"))
    (definitions / "counties" / "jamtland-harjedalen" / "county.toml").write_text("[county]\nkey = 7\n")
    done = call("prepare", DATABASE_URL=empty_database, STYRKEDJA_VAR=str(tmp_path / "var"), STYRKEDJA_DEFINITIONS=str(definitions))
    assert done.returncode == 1
    *faults, conclusion = done.stderr.splitlines()
    assert any("county.toml:2" in line for line in faults)
    assert conclusion == f"Länet i {definitions / 'counties' / 'jamtland-harjedalen'} har fel och har inte lästs in."
    with psycopg.connect(empty_database) as database:
        assert database.execute("select count(*) from organisations_body").fetchone() == (0,)


def _copy(source: Path, target: Path, parts: Sequence[str]) -> None:
    for part in parts:
        for file in (source / part).rglob("*"):
            if file.is_file():
                copied = target / file.relative_to(source)
                copied.parent.mkdir(parents=True, exist_ok=True)
                copied.write_bytes(file.read_bytes())


def test_stop_with_nothing_to_stop_is_no_fault(tmp_path: Path) -> None:
    done = call("stop", STYRKEDJA_VAR=str(tmp_path / "var"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert files(tmp_path) == []
