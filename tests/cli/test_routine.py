"""`styrkedja routine check` and `routine walk`, as an operator runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from styrkedja.config import embedded
from styrkedja.config.settings import VAR
from tests.architecture.sources import ROOT

REAL = ROOT / "definitions" / "routines" / "vasternorrland-kunskapsstod.bpmn"
ANSWERS = ROOT / "tests" / "routines" / "answers"
OTHER = ROOT / "tests" / "routines" / "fixtures"


def styrkedja(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from styrkedja.cli.main import main; main()", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=120)


def test_check_passes_on_the_real_routine_without_a_database() -> None:
    done = styrkedja("routine", "check", REAL, "--json", DATABASE_URL="none")
    report = json.loads(done.stdout)
    assert (done.returncode, report["findings"]) == (0, [])
    assert report["states"] > 0


def test_check_passes_on_the_other_county_with_its_folder() -> None:
    done = styrkedja("routine", "check", OTHER / "litet-lan.bpmn", "--county", OTHER / "litet-lan", DATABASE_URL="none")
    assert (done.returncode, done.stderr) == (0, "")
    assert "inga fel" in done.stdout


def test_check_names_line_and_element_of_a_script_task_and_exits_with_1(tmp_path: Path) -> None:
    source = REAL.read_text(encoding="utf-8")
    line = next(number for number, text in enumerate(source.splitlines(), 1) if 'id="forward_consultation"' in text)
    planted = tmp_path / "planted.bpmn"
    head, tail = source.split('<bpmn:userTask id="forward_consultation"', 1)
    body, rest = tail.split("</bpmn:userTask>", 1)
    planted.write_text(f'{head}<bpmn:scriptTask id="forward_consultation"{body}</bpmn:scriptTask>{rest}', encoding="utf-8")
    done = styrkedja("routine", "check", planted, DATABASE_URL="none")
    assert done.returncode == 1
    assert f"{planted}:{line}:" in done.stdout
    assert "skript" in done.stdout.lower()


def schemas_left() -> list[object]:
    """Schemas of walks in the database."""
    with psycopg.connect(os.environ.get("DATABASE_URL") or embedded.ensure_database(VAR / "postgres")) as database:
        return database.execute("select nspname from pg_namespace where nspname like 'styrkedja_walk_%'").fetchall()


@pytest.mark.parametrize(
    ("answers", "end", "last"),
    [("regional-only", "end_regional_only", "4-regionintern"), ("not-introduced", "end_not_introduced", "8")],
)
def test_walk_prints_the_pathway_and_the_end_that_was_reached(answers: str, end: str, last: str) -> None:
    done = styrkedja("routine", "walk", REAL, "--answers", ANSWERS / f"{answers}.toml", "--json")
    assert done.returncode == 0, done.stderr
    walk = json.loads(done.stdout)
    assert (walk["state"], walk["end"]["id"], walk["waiting"], walk["incident"]) == ("done", end, [], None)
    assert walk["pathway"][0]["performer"] == "Registrator vid Region Västernorrland, RVN"
    assert walk["pathway"][-1]["number"] == last
    assert schemas_left() == []


def test_walk_says_where_the_case_waits_when_the_answers_end(tmp_path: Path) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text('fill = true\n[given]\nentry = "consultation"\n')
    walk = json.loads(styrkedja("routine", "walk", REAL, "--answers", answers, "--json").stdout)
    assert (walk["state"], walk["end"]) == ("waiting", None)
    assert [row["number"] for row in walk["waiting"]] == ["4"]
    assert [passed["number"] for passed in walk["pathway"]] == ["1", "2", "3"]


def test_walk_refuses_answers_that_the_form_would_refuse(tmp_path: Path) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text('[given]\nentry = "consultation"\n[[step]]\nstep = "1"\n[step.fields]\narrived_on = "i går"\n')
    done = styrkedja("routine", "walk", REAL, "--answers", answers)
    assert done.returncode == 1
    assert "Steg 1" in done.stderr
    assert "Ange ett datum" in done.stderr
    assert schemas_left() == []


def test_layout_draws_the_same_maps_again(tmp_path: Path) -> None:
    copy = tmp_path / "rutin.bpmn"
    copy.write_bytes(REAL.read_bytes())
    done = styrkedja("routine", "layout", copy, DATABASE_URL="none")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{copy}: kartorna är ritade.\n", "")
    assert copy.read_bytes() == REAL.read_bytes()


@pytest.mark.parametrize(
    ("found", "planted", "reason"),
    [
        (
            'number="3" kind="forward"',
            'kind="forward"',
            "Rutinen kan inte ritas förrän felen i den är rättade. Kör styrkedja routine check på filen.",
        ),
        (' id="vasternorrland_kunskapsstod_collaboration"', "", "Samarbetet, deltagaren och varje bana ska ha ett id för att kunna ritas."),
    ],
)
def test_layout_says_why_a_routine_cannot_be_drawn_and_leaves_the_file_as_it_is(
    tmp_path: Path, found: str, planted: str, reason: str
) -> None:
    source = REAL.read_text(encoding="utf-8").split("  <bpmndi:BPMNDiagram")[0] + "</bpmn:definitions>\n"
    assert source.count(found) == 1
    copy = tmp_path / "rutin.bpmn"
    copy.write_text(source.replace(found, planted), encoding="utf-8")
    before = copy.read_bytes()
    done = styrkedja("routine", "layout", copy, DATABASE_URL="none")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{copy}: {reason}\n")
    assert copy.read_bytes() == before
