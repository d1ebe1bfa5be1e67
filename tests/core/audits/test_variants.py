"""Other ways in which answers are written: numbering, labels, order, tables; and what happens when something does not agree."""

from datetime import date

import pytest

from styrkedja.core.audits.reading import Line, Reading, SourceText, read_answer
from styrkedja.core.controls.snapshot.kinds import PromiseState, Stance
from styrkedja.core.registry_numbers import RegistryNumber
from tests.core.audits.texts import read


def outline(reading: Reading) -> list[tuple[str, str, list[str]]]:
    """Number, text and answers of each recommendation."""
    return [(one.number, one.passage.text, [answer.passage.text for answer in one.answers]) for one in reading.recommendations]


EXPECTED = [
    ("1", "Stärk kontrollen.", ["Regionstyrelsen delar revisorernas bedömning."]),
    ("2", "Följ upp avtalen.", ["Regionstyrelsen delar inte bedömningen."]),
]


@pytest.mark.parametrize(
    "number", ["{}.", "{})", "Rekommendation {}:", "Rekommendation {}.", "Rekommendation nr {} –", "REKOMMENDATION {}:"]
)
@pytest.mark.parametrize(
    "label", ["Svar:", "Regionstyrelsens svar:", "Svar/kommentar:", "Kommentar:", "Svar från regionstyrelsen:", "Yttrande:"]
)
def test_numbers_and_labels_may_be_written_in_many_ways(number: str, label: str) -> None:
    text = (
        f"{number.format(1)} Stärk kontrollen.\n{label} Regionstyrelsen delar revisorernas bedömning.\n\n"
        f"{number.format(2)} Följ upp avtalen.\n{label}\nRegionstyrelsen delar inte bedömningen.\n"
    )
    assert outline(read(text)) == EXPECTED


@pytest.mark.parametrize("bullet", ["•", "-", "–", "▪", "*", "\uf0b7", "a)"])
def test_items_without_numbers_are_counted(bullet: str) -> None:
    marks = [bullet, "b)" if bullet == "a)" else bullet]
    text = (
        f"{marks[0]} Stärk kontrollen.\nSvar: Regionstyrelsen delar revisorernas bedömning.\n"
        f"{marks[1]} Följ upp avtalen.\nSvar: Regionstyrelsen delar inte bedömningen.\n"
    )
    expected = EXPECTED if bullet != "a)" else [(letter, *rest) for letter, (_number, *rest) in zip("ab", EXPECTED, strict=True)]
    assert outline(read(text)) == expected


def test_a_label_of_its_own_line_is_read_with_the_text_below() -> None:
    text = (
        "Rekommendation 1\nStärk kontrollen.\n\nSvar\nRegionstyrelsen delar revisorernas bedömning.\n\n"
        "Rekommendation 2\nFölj upp avtalen.\n\nSvar\nRegionstyrelsen delar inte bedömningen.\n"
    )
    assert outline(read(text)) == EXPECTED


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Svar på rekommendation 1:", "Svar på rekommendation 2:"),
        ("Svar på rekommendation 1", "Svar på rekommendation nr 2"),
        ("3.1 Svar på revisionens rekommendation 1", "3.2 Svar på revisionens rekommendation 2"),
        ("Svar 1:", "Svar 2:"),
        ("1.", "2."),
    ],
)
def test_answers_that_come_later_are_joined_by_number(first: str, second: str) -> None:
    gap = "\n" if not first.endswith(".") else " "
    text = (
        "2 Revisorernas rekommendationer\n\n1. Stärk kontrollen.\n2. Följ upp avtalen.\n\n3 Regionstyrelsens svar\n\n"
        f"{first}{gap}Regionstyrelsen delar revisorernas bedömning.\n\n{second}{gap}Regionstyrelsen delar inte bedömningen.\n"
    )
    reading = read(text)
    assert outline(reading) == EXPECTED
    assert {answer.joined_by for one in reading.recommendations for answer in one.answers} == {"number"}


def test_answers_by_number_need_not_come_in_order() -> None:
    text = (
        "Rekommendationer\n\n1. Stärk kontrollen.\n2. Följ upp avtalen.\n\nRegionstyrelsens svar\n\n"
        "Svar på rekommendation 2:\nRegionstyrelsen delar inte bedömningen.\n\n"
        "Svar på rekommendation 1:\nRegionstyrelsen delar revisorernas bedömning.\n"
    )
    assert outline(read(text)) == EXPECTED


def test_one_answer_may_answer_several_recommendations() -> None:
    text = (
        "Rekommendationer\n\n9) Inför rutiner.\n10) Utse en ansvarig.\n11) Testa.\n\nSvar på rekommendation 9–10:\nNämnden instämmer.\n\n"
        "Svar på rekommendation 11:\nNämnden instämmer till viss del.\n"
    )
    reading = read(text)
    assert outline(reading) == [
        ("9", "Inför rutiner.", ["Nämnden instämmer."]),
        ("10", "Utse en ansvarig.", ["Nämnden instämmer."]),
        ("11", "Testa.", ["Nämnden instämmer till viss del."]),
    ]
    assert "Rekommendationerna är inte numrerade i följd: 9, 10, 11." in reading.warnings


def test_a_recommendation_that_is_quoted_before_its_answer_is_one_recommendation() -> None:
    text = (
        "Rekommendation 1: Stärk kontrollen.\n\nRekommendation 2: Följ upp avtalen.\n\nRegionstyrelsens svar\n\n"
        "Rekommendation 1: Stärk kontrollen.\nSvar: Regionstyrelsen delar revisorernas bedömning.\n\n"
        "Rekommendation 2: Följ upp avtalen.\nSvar: Regionstyrelsen delar inte bedömningen.\n"
    )
    reading = read(text)
    assert outline(reading) == EXPECTED
    assert [[place.first_line for place in one.repeated] for one in reading.recommendations] == [[7], [10]]


def test_two_bodies_may_answer_one_recommendation() -> None:
    text = (
        "Rekommendation 1: Stärk samordningen.\n\nRegionstyrelsens svar:\nRegionstyrelsen delar bedömningen.\n\n"
        "Hälso- och sjukvårdsnämndens svar:\nNämnden delar bedömningen till stor del.\n"
    )
    (found,) = read(text).recommendations
    assert [(answer.body, answer.stance.stance) for answer in found.answers] == [
        ("Regionstyrelsen", Stance.AGREE),
        ("Hälso- och sjukvårdsnämnden", Stance.PARTLY),
    ]


def test_an_answer_without_label_is_joined_by_where_it_stands_and_that_is_told() -> None:
    text = (
        "Svar på revisionens rekommendationer\n\n1. Stärk kontrollen.\n\nRegionstyrelsen delar revisorernas bedömning.\n\n"
        "2. Följ upp avtalen.\n\nRegionstyrelsen delar inte bedömningen.\n"
    )
    reading = read(text)
    assert outline(reading) == EXPECTED
    assert any(warning.startswith("Svaren saknar egen rubrik") for warning in reading.warnings)


def test_answers_by_subject_are_not_joined_when_the_counts_differ() -> None:
    text = (
        "Rekommendationer\n\n• Gör det ena.\n• Gör det andra.\n\nSvar på rekommendation om det ena\n\nRegionstyrelsen delar bedömningen.\n"
    )
    reading = read(text)
    assert outline(reading) == [("1", "Gör det ena.", []), ("2", "Gör det andra.", [])]
    assert [one.passage.text for one in reading.unjoined_answers] == ["Regionstyrelsen delar bedömningen."]
    assert (
        "1 svar kunde inte kopplas till någon rekommendation: texten har 1 svar med egen rubrik och 2 rekommendationer." in reading.warnings
    )


def test_one_answer_to_everything_is_no_answer_to_each() -> None:
    text = (
        "Revisionen rekommenderar driftnämnden att:\n- stärka kontrollen\n- följa upp avtalen\n\nDriftnämndens svar\n\n"
        "Driftnämnden delar revisionens bedömning. Arbetet påbörjas under 2026.\n"
    )
    reading = read(text)
    assert outline(reading) == [("1", "stärka kontrollen", []), ("2", "följa upp avtalen", [])]
    assert [one.text for one in reading.general_answer] == ["Driftnämnden delar revisionens bedömning. Arbetet påbörjas under 2026."]
    assert [(one.passage.text, one.state, one.when) for one in reading.general_promises] == [
        ("Arbetet påbörjas under 2026.", PromiseState.PLANNED, "under 2026")
    ]
    assert [one.stance.stance for one in reading.conclusions] == [Stance.AGREE]
    assert reading.body == "Driftnämnden"


def test_a_recommendation_without_answer_between_two_is_found() -> None:
    text = "1. Ett.\nSvar: Nämnden instämmer.\n\n2. Två.\n\n3. Tre.\nSvar: Nämnden instämmer.\n"
    reading = read(text)
    assert outline(reading) == [("1", "Ett.", ["Nämnden instämmer."]), ("2", "Två.", []), ("3", "Tre.", ["Nämnden instämmer."])]
    assert "Rekommendationer utan svar: 2." in reading.warnings


def test_a_numbered_list_inside_an_answer_is_no_recommendation() -> None:
    text = "1. Ett.\nSvar: Nämnden instämmer och inför:\n1. en plan\n2. en rutin\n\n2. Två.\nSvar: Nämnden avvisar detta.\n"
    assert outline(read(text)) == [
        ("1", "Ett.", ["Nämnden instämmer och inför:\n\n1. en plan\n\n2. en rutin"]),
        ("2", "Två.", ["Nämnden avvisar detta."]),
    ]


def test_the_stated_number_of_recommendations_is_compared() -> None:
    reading = read("Revisorerna lämnar tre rekommendationer.\n\n1. Ett.\nSvar: Ja.\n\n2. Två.\nSvar: Ja.\n")
    assert "Texten anger 3 rekommendationer (rad 1), men 2 hittades." in reading.warnings


def test_a_footer_and_a_header_in_the_middle_of_an_answer_are_taken_out() -> None:
    text = (
        "Dnr RS/12/2025\n1. Ett.\nSvar: Nämnden delar revisorernas bedömning och arbetet sker inom Region\n1(2)\n\f"
        "Dnr RS/12/2025\nNorrland enligt plan.\n\n2. Två.\nSvar: Nämnden instämmer.\n2(2)\n"
    )
    reading = read(text)
    assert outline(reading)[0] == ("1", "Ett.", ["Nämnden delar revisorernas bedömning och arbetet sker inom Region Norrland enligt plan."])
    assert [(one.kind, one.passage.place.first_line) for one in reading.furniture] == [
        ("page_number", 4),
        ("repeated", 5),
        ("page_number", 10),
    ]
    assert reading.registry_number is not None
    assert reading.registry_number.passage.place.first_line == 1


def test_a_table_of_contents_at_the_beginning_gives_no_headings() -> None:
    text = (
        "Innehåll\n1 Bakgrund ........ 2\n2 Regionstyrelsens svar ........ 3\n\n1 Bakgrund\n\nRevisorerna har granskat avtalen.\n\n"
        "2 Regionstyrelsens svar\n\nRegionstyrelsen tackar för granskningen.\n"
    )
    reading = read(text)
    assert [(one.number, one.passage.place.first_line) for one in reading.headings] == [("1", 5), ("2", 9)]
    assert [one.kind for one in reading.furniture] == ["outline"] * 3


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Dnr RS 2025/123", RegistryNumber("RS", 123, 2025)),
        ("Diarienummer: REV 36-2022", RegistryNumber("REV", 36, 2022)),
        ("Dnr: CK 2015-0430", RegistryNumber("CK", 430, 2015)),
        ("2025-11-15 LS 120/18 1(4)", RegistryNumber("LS", 120, 2018)),
        ("Ärendenummer RS160669", RegistryNumber("RS", 669, 2016)),
        ("18RS2137", RegistryNumber("RS", 2137, 2018)),
        ("KS/2018:12", RegistryNumber("KS", 12, 2018)),
    ],
)
def test_registry_numbers_are_found_in_the_head(line: str, number: RegistryNumber) -> None:
    found = read(f"{line}\n\nSvar på granskning av avtal\n\nRevisorerna har granskat avtalen i regionen.\n").registry_number
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize(
    "text", ["Planen gäller SKR 2019-2020 och HSL 2017:30.", "Enligt KL 6 kap. 6 § och SFS 2017:725.", "Org nr 232100-0214"]
)
def test_years_and_laws_are_no_registry_numbers(text: str) -> None:
    reading = read(f"Svar på granskning av avtal\n\n{text}\n")
    assert (reading.registry_number, reading.other_registry_numbers) == (None, ())


@pytest.mark.parametrize(
    ("line", "body", "shown", "paragraphs"),
    [
        ("Svaret är fastställt av regionstyrelsen 2025-03-25–26 § 39", "Regionstyrelsen", "2025-03-25--26 § 39", (39,)),
        ("Antaget av hälso-och sjukvårdsnämnden den 25 mars 2025, §39.", "Hälso- och sjukvårdsnämnden", "2025-03-25 § 39", (39,)),
        ("Fastställd i regionfullmäktige § 12, 2025-03-25", "Regionfullmäktige", "2025-03-25 § 12", (12,)),
        ("Beslutat av regionstyrelsen den 25–26 mars 2025, §§ 39-40", "Regionstyrelsen", "2025-03-25--26 §§ 39–40", (39, 40)),
        ("Beslutat av regionstyrelsen 2025-03-31—04-01 §§ 3 och 7", "Regionstyrelsen", "2025-03-31--04-01 §§ 3, 7", (3, 7)),
        ("Svaret är fastställt av regionstyrelsen 2025-03-25.", "Regionstyrelsen", "2025-03-25", ()),
    ],
)
def test_the_decision_may_be_written_in_many_ways(line: str, body: str, shown: str, paragraphs: tuple[int, ...]) -> None:
    decision = read(f"1. Ett.\nSvar: Nämnden instämmer.\n\n{line}\n").decision
    assert decision is not None
    assert (decision.body, decision.shown, decision.paragraphs) == (body, shown, paragraphs)


def test_a_date_in_an_answer_is_no_decision_on_it() -> None:
    reading = read("1. Ett.\nSvar: Nämnden beslutade 2024-02-01 § 8 om en plan.\n")
    assert (reading.decision, reading.other_decisions) == (None, ())
    assert [one.first for one in reading.other_dates] == [date(2024, 2, 1)]


def test_answers_in_a_table_are_read_row_by_row() -> None:
    rows = [
        ("Nr", "Rekommendation", "Svar", "Åtgärd", "Ansvarig", "Klart"),
        ("1", "Stärk kontrollen.", "Nämnden delar bedömningen.", "Ny rutin", "Ekonomidirektör", "2026-03-01"),
        ("2", "Följ upp avtalen.", "Nämnden delar inte bedömningen.", "", "", ""),
    ]
    lines = [Line(number, " | ".join(row), whole=True, cells=row) for number, row in enumerate(rows, 1)]
    reading = read_answer(SourceText(tuple(lines)))
    assert [(one.number, one.answers[0].stance.stance, one.answers[0].joined_by) for one in reading.recommendations] == [
        ("1", Stance.AGREE, "table"),
        ("2", Stance.DISAGREE, "table"),
    ]
    (promise,) = reading.recommendations[0].answers[0].promises
    assert (promise.passage.text, promise.owner, promise.when, promise.state) == (
        "Ny rutin",
        "Ekonomidirektör",
        "2026-03-01",
        PromiseState.PLANNED,
    )
    assert [one.passage.text for one in reading.unplaced] == ["Nr | Rekommendation | Svar | Åtgärd | Ansvarig | Klart"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", []),
        (" \n\n", []),
        ("Hej!\nDet här är bara lite text.", ["Hej!", "Det här är bara lite text."]),
        ("Namn\tAntal\nA\t1\nB\t2\n", ["Namn Antal A 1 B 2"]),
        ("§§§ --- ***", []),
    ],
)
def test_a_text_that_is_no_answer_gives_warnings_and_keeps_its_words(text: str, left: list[str]) -> None:
    reading = read(text)
    assert "Inga rekommendationer hittades." in reading.warnings
    assert [one.passage.text for one in reading.unplaced] == left


def test_a_reference_with_its_figure_in_the_text_is_not_missing() -> None:
    text = "Utfallet framgår av tabell 3 och se bilaga 1.\n\nTabell 3. Utfall\n\nBilaga 1 Avtal\n"
    assert read(text).missing_attachments == ()
    assert [one.text for one in read("Utfallet framgår i tabell 3, se bilaga 2.").missing_attachments] == ["i tabell 3", "se bilaga 2"]


def test_recommendations_to_two_bodies_say_to_whom() -> None:
    text = (
        "Rekommendationer till regionstyrelsen\n\n• Stärk kontrollen.\n• Följ upp.\n\n"
        "Rekommendationer till hälso- och sjukvårdsnämnden\n\n• Utse en ansvarig.\n\n"
        "Regionstyrelsens svar på revisionens rekommendationer\n\nRegionstyrelsen delar bedömningen.\n"
    )
    reading = read(text)
    assert [(one.number, one.passage.text, one.addressees) for one in reading.recommendations] == [
        ("1", "Stärk kontrollen.", ("Regionstyrelsen",)),
        ("2", "Följ upp.", ("Regionstyrelsen",)),
        ("3", "Utse en ansvarig.", ("Hälso- och sjukvårdsnämnden",)),
    ]
    assert [one.text for one in reading.general_answer] == ["Regionstyrelsen delar bedömningen."]


def test_two_lists_with_the_same_numbers_are_not_joined_by_number() -> None:
    text = (
        "Rekommendationer till regionstyrelsen\n\n1. Stärk kontrollen.\n\nRekommendationer till patientnämnden\n\n1. Följ upp.\n\n"
        "Svar\n\nSvar på rekommendation 1:\nDetta delar regionstyrelsen.\n"
    )
    reading = read(text)
    assert outline(reading) == [("1", "Stärk kontrollen.", []), ("1", "Följ upp.", [])]
    assert [one.passage.text for one in reading.unjoined_answers] == ["Detta delar regionstyrelsen."]


def test_chapters_that_are_numbered_like_items_are_headings() -> None:
    text = (
        "1. Bakgrund\n\nRevisorerna har granskat avtalen.\n\n2. Revisorernas rekommendationer\n\n• Stärk kontrollen.\n\n"
        "3. Regionstyrelsens svar\n\nSvar på rekommendation om kontroll\n\nRegionstyrelsen delar bedömningen.\n\n4. Fortsatt arbete\n\nArbetet leds av staben.\n"
    )
    reading = read(text)
    assert outline(reading) == [("1", "Stärk kontrollen.", ["Regionstyrelsen delar bedömningen."])]
    assert [(one.number, one.passage.text) for one in reading.headings if one.number] == [
        ("1", "Bakgrund"),
        ("2", "Revisorernas rekommendationer"),
        ("3", "Regionstyrelsens svar"),
        ("4", "Fortsatt arbete"),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Svar på granskning av avtal",
        "Regionstyrelsens svar på revisionens granskning av avtal",
        "Yttrande över revisorernas granskning av avtal",
        "Svar på revisionsrapport – granskning av avtal",
    ],
)
def test_the_subject_of_the_review_follows_from_the_title(title: str) -> None:
    subject = read(f"{title}\n\nRevisorerna har granskat avtalen i regionen.\n").review.subject
    assert subject is not None
    assert subject.text == "granskning av avtal"


def test_what_comes_after_the_signatures_is_no_answer() -> None:
    text = (
        "1. Stärk kontrollen.\nSvar: Nämnden delar bedömningen.\n\nFörnamn Efternamn\nNämndens ordförande\n\nBilagan skickas med posten.\n"
    )
    reading = read(text)
    assert outline(reading) == [("1", "Stärk kontrollen.", ["Nämnden delar bedömningen."])]
    assert [one.text for one in reading.signatories] == ["Nämndens ordförande"]
    assert [one.passage.text for one in reading.unplaced] == ["Bilagan skickas med posten."]
