"""`styrkedja spc`, as somebody with a file runs it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from styrkedja.cli.main import styrkedja
from styrkedja.cli.spc import rebases_apart

CALM = [10, 12, 11, 13, 9, 11, 12, 10, 13, 11, 9, 12, 10, 13]
SHIFTED = [*CALM, 14, 13, 14, 12, 13, 14, 13, 9, 10, 8, 10, 9, 10, 9]
CHARTS = ("xmr", "run", "c", "u", "u-prime", "p", "p-prime", "i", "mr", "g", "t")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "serie.csv"


def month(place: int) -> str:
    return date(2022 + place // 12, place % 12 + 1, 1).isoformat()


def write(file: Path, values: list[Any], denominators: list[Any] | None = None) -> Path:
    rows = [f"{month(place)},{value}" + (f",{denominators[place]}" if denominators else "") for place, value in enumerate(values)]
    file.write_text("\n".join(["date,value" + (",denominator" if denominators else ""), *rows, ""]), encoding="utf-8")
    return file


def spc(file: Path, *options: str, direction: str = "up") -> Result:
    return CliRunner().invoke(styrkedja, ["spc", str(file), "--direction", direction, *options])


def document(file: Path, *options: str, direction: str = "up") -> dict[str, Any]:
    result = spc(file, "--json", *options, direction=direction)
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert isinstance(found, dict)
    return found


def test_json_has_the_documented_shape_in_full_precision(file: Path) -> None:
    found = document(write(file, [0.1, 0.2, 0.4, *CALM]), "--target", "90")
    assert list(found) == ["chart", "points", "assurance", "warnings"]
    assert (found["chart"], found["assurance"], found["warnings"]) == ("xmr", "consistent_fail", [])
    first = found["points"][0]
    assert list(first) == ["date", "value", "centre", "lower", "upper", "side", "near_limit", "outside", "rule", "type"]
    centre = (0.7 + sum(CALM)) / 17
    assert (first["date"], first["value"], first["side"]) == ("2022-01-01", 0.1, -1)
    assert first["centre"] == pytest.approx(centre, rel=1e-15)
    assert (first["near_limit"], first["outside"], first["rule"], first["type"]) == (False, True, "outside", "concern")
    assert first["lower"] != round(first["lower"], 6)


def test_an_empty_denominator_gives_no_value_and_is_said(file: Path) -> None:
    found = document(write(file, [1] * 13 + [3], [10] * 13 + [0]), "--chart", "p")
    assert found["points"][-1]["value"] is None
    assert found["points"][0]["centre"] == pytest.approx(0.1)
    assert "Nämnaren är noll och värde saknas för 2023-02-01." in found["warnings"]


def test_the_table_ends_with_a_sentence(file: Path) -> None:
    result = spc(write(file, SHIFTED), "--target", "20,5")
    lines = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines[0].split() == ["Datum", "Värde", "Mitt", "Nedre", "Övre", "Tecken", "Innebörd"]
    assert lines[1].split()[:2] == ["2022-01-01", "10,00"]
    assert lines[28].endswith("på en sida  försämring")
    # The limits tell what was before the change, so nothing is said of the target.
    assert lines[-2:] == ["", "Sju månader i rad under medelvärdet: en verklig försämring, inte slump."]


def test_the_table_rounds_and_json_does_not(file: Path) -> None:
    write(file, [1234.5678, 1300.1234, 1200.9876] * 5)
    assert "1235" in spc(file).stdout.splitlines()[1].split()
    assert document(file)["points"][0]["value"] == 1234.5678


def test_warnings_follow_the_sentence(file: Path) -> None:
    result = spc(write(file, CALM[:8]))
    assert result.stdout.splitlines()[-1] == "Obs: Antalet värden i perioden från 2022-01-01 är 8, färre än 13: gränserna är preliminära."
    assert document(file)["warnings"] == ["Antalet värden i perioden från 2022-01-01 är 8, färre än 13: gränserna är preliminära."]


@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_is_drawn(file: Path, chart: str) -> None:
    denominators = [100 + place for place in range(14)] if chart in {"u", "u-prime", "p", "p-prime"} else None
    found = document(write(file, CALM, denominators), "--chart", chart)
    assert found["chart"] == chart
    assert len(found["points"]) == 14
    assert (found["points"][3]["upper"] is None) == (chart == "run")
    assert all(point["centre"] is not None for point in found["points"])


def test_the_direction_turns_the_types(file: Path) -> None:
    write(file, SHIFTED)
    kinds = {way: {point["type"] for point in document(file, direction=way)["points"]} for way in ("up", "down", "neutral")}
    assert kinds == {
        "up": {"common", "improvement", "concern"},
        "down": {"common", "improvement", "concern"},
        "neutral": {"common", "neutral_high", "neutral_low"},
    }


def test_rebases_may_follow_one_flag_or_have_one_each(file: Path) -> None:
    write(file, [*CALM, *(value + 50 for value in CALM), *CALM])
    one = document(file, "--rebase", "2023-03-01", "2024-05-01")
    assert one == document(file, "--rebase", "2023-03-01", "--rebase", "2024-05-01") == document(file, "--rebase=2024-05-01", "2023-03-01")
    assert len({point["centre"] for point in one["points"]}) == 2
    assert {point["rule"] for point in one["points"]} == {"none"}
    result = CliRunner().invoke(styrkedja, ["spc", "--direction", "up", "--rebase", "2023-03-01", "2024-05-01", str(file), "--json"])
    assert json.loads(result.stdout) == one


def test_days_are_rebases_only_right_after_the_flag() -> None:
    assert rebases_apart(["f.csv", "--rebase", "2024-01-01", "2024-02-01", "--json", "2024-03-01"]) == [
        "f.csv", "--rebase", "2024-01-01", "--rebase", "2024-02-01", "--json", "2024-03-01",
    ]  # fmt: skip


def test_limits_are_frozen_and_outliers_kept_when_asked(file: Path) -> None:
    write(file, [*CALM, 60])
    plain, frozen, kept = document(file), document(file, "--fix-after", "12"), document(file, "--no-screen")
    assert frozen["points"][0]["centre"] == pytest.approx(sum(CALM[:12]) / 12)
    assert kept["points"][0]["upper"] > plain["points"][0]["upper"]


def test_a_zero_denominator_is_null_and_never_zero(file: Path) -> None:
    found = document(write(file, [*CALM, 0], [*[100] * 14, 0]), "--chart", "p")
    assert (found["points"][-1]["value"], found["points"][-1]["side"], found["points"][-1]["upper"]) == (None, None, None)
    assert found["warnings"] == ["Nämnaren är noll och värde saknas för 2023-03-01."]
    assert spc(file, "--chart", "p").stdout.splitlines()[15].split()[1] == "–"


def test_equal_values_are_told_without_limits(file: Path) -> None:
    found = document(write(file, [5] * 14), "--target", "6")
    assert {(point["centre"], point["lower"], point["upper"]) for point in found["points"]} == {(5.0, None, None)}
    assert found["assurance"] is None
    assert len(found["warnings"]) == 2


def refused(file: Path, *options: str, code: int = 1) -> list[str]:
    """The lines of standard error, once in either form; nothing is printed."""
    found = [spc(file, *options), spc(file, *options, "--json")]
    assert [(result.exit_code, result.stdout) for result in found] == [(code, "")] * 2
    assert found[0].stderr == found[1].stderr
    return found[0].stderr.splitlines()


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", 1, "Filen är tom."),
        (b"date,value\n", 1, "Filen har en rubrik men inga värden."),
        (b"date,count\n2024-01-01,1\n", 1, "Kolumnen ”count” är okänd."),
        (b"date,value\n2024-01-01,1\n2024-02-01,NaN\n", 3, "”NaN” i kolumnen value är inget tal."),
        (b"date,value\n2024-01-01,1\n2024-31-01,2\n", 3, "”2024-31-01” i kolumnen date är inget datum."),
        (b"date,value\n2024-01-01,1\n2024-01-01,2\n", 3, "Datumet 2024-01-01 finns redan på rad 2."),
        (b"date,value\n2024-01-01,1\n" + "2024-02-01,två\n".encode("latin-1"), 3, "Raden har tecken som inte är UTF-8."),
    ],
)
def test_a_file_with_a_fault_is_one_line_with_file_and_line(file: Path, content: bytes, line: int, reason: str) -> None:
    file.write_bytes(content)
    [told] = refused(file)
    assert told.startswith(f"{file}:{line}: {reason}")


@pytest.mark.parametrize(
    ("values", "denominators", "chart", "line", "reason"),
    [
        ([1, 2], None, "p", 2, "Diagrammet p behöver en nämnare för varje värde."),
        ([1, 0.5], [10, 10], "u-prime", 3, "Diagrammet u-prime behöver täljaren"),
        ([1, 11], [10, 10], "p-prime", 3, "Täljaren är större än nämnaren."),
        ([1, -1], None, "c", 3, "Diagrammet c behöver hela antal"),
        ([3, 0], None, "t", 3, "Tiden mellan två händelser måste vara större än noll"),
    ],
)
def test_a_series_that_the_chart_has_no_place_for_is_told_with_its_line(
    file: Path, values: list[Any], denominators: list[Any] | None, chart: str, line: int, reason: str
) -> None:
    [told] = refused(write(file, values, denominators), "--chart", chart)
    assert told.startswith(f"{file}:{line}: {reason}")


def test_the_line_is_that_of_the_file_when_the_dates_are_sorted(file: Path) -> None:
    file.write_text("date,value\n2024-03-01,-1\n2024-01-01,1\n2024-02-01,2\n")
    [told] = refused(file, "--chart", "c")
    assert told.startswith(f"{file}:2: ")
    assert document(file)["warnings"][0] == "Datumen stod inte i ordning i filen: de har sorterats."


def test_a_file_over_the_limit_is_refused_unread(file: Path, settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 200
    write(file, CALM)
    [told] = refused(file)
    assert told == f"{file}: Filen är större än 200 byte, som är det mesta som läses (MAX_UPLOAD_BYTES). Dela upp den."


def test_days_to_come_are_warned_of(file: Path) -> None:
    file.write_text("date,value\n2024-01-01,1\n9999-01-01,2\n")
    assert document(file)["warnings"][0] == "Värden finns för dagar som inte har varit än: 9999-01-01."


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--chart", "pareto"), "'pareto'"),
        (("--fix-after", "11"), "11"),
        (("--fix-after", "tolv"), "tolv"),
        (("--target", "NaN"), "”NaN” är inget tal. Skriv 12,5 eller 12.5."),
        (("--target", "inf"), "”inf” är inget tal."),
        (("--rebase", "2024-02-30"), "”2024-02-30” är inget datum. Skriv datumet som 2026-11-22."),
        (("--rebase", "igår"), "”igår” är inget datum."),
        (("--rebase", "2024-01-01", "2024-02-30"), "”2024-02-30” är inget datum."),
        (("--direction", "sideways"), "'sideways'"),
    ],
)
def test_a_wrong_flag_is_a_usage_error(file: Path, options: tuple[str, ...], reason: str) -> None:
    write(file, CALM)
    told = refused(file, *options, code=2)
    assert reason in told[-1]
    assert told[-1].startswith("Fel: ")


def test_the_direction_must_be_said_and_the_file_be_there(file: Path) -> None:
    write(file, CALM)
    without = CliRunner().invoke(styrkedja, ["spc", str(file)])
    assert (without.exit_code, without.stdout) == (2, "")
    assert "--direction" in without.stderr
    missing = spc(file.with_name("saknas.csv"))
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert "saknas.csv" in missing.stderr
    assert spc(file.parent).exit_code == 2
