import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.prose import Span, flow, sentences, trimmed


def said(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nämnden delar bedömningen. Arbetet pågår.", ["Nämnden delar bedömningen.", "Arbetet pågår."]),
        ("Är det så? Ja! Det är det.", ["Är det så?", "Ja!", "Det är det."]),
        ("Stöd ges, t.ex. Kolada, av Region X.", ["Stöd ges, t.ex. Kolada, av Region X."]),
        ("Enligt 2 kap. 3 § gäller bl.a. Lagen.", ["Enligt 2 kap. 3 § gäller bl.a. Lagen."]),
        ("Möten, kurser m.m. Nämnden avser mer.", ["Möten, kurser m.m.", "Nämnden avser mer."]),
        ("En vision: ”Vård för alla.” Den gäller.", ["En vision: ”Vård för alla.”", "Den gäller."]),
        ("Värdet är 2.5 procent. 2026 ökar det.", ["Värdet är 2.5 procent.", "2026 ökar det."]),
        ("En mening över\ntvå rader. Nästa.", ["En mening över\ntvå rader.", "Nästa."]),
        ("Utveckla en samlad\n\nekonomisk plan. Klart.", ["Utveckla en samlad\n\nekonomisk plan.", "Klart."]),
        ("En rubrik\n\nEn mening.", ["En rubrik", "En mening."]),
        ("Tre program:\n• Ett\n• Två", ["Tre program:", "• Ett", "• Två"]),
        ("Insatser:\n- Ett", ["Insatser:", "- Ett"]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_a_text_is_divided_into_sentences(text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_only_a_stretch_is_divided_and_places_are_in_the_whole_text() -> None:
    text = "Först. Sedan detta. Och detta. Sist."
    stretch = Span(text.index("Sedan"), text.index(" Sist"))
    assert [span.of(text) for span in sentences(text, stretch)] == ["Sedan detta.", "Och detta."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tjänste-\npersoner", "tjänstepersoner"),
        ("tjänste- \n personer", "tjänstepersoner"),
        ("IT-\nstöd", "IT-stöd"),
        ("Jämtland-\nHärjedalen", "Jämtland-Härjedalen"),
        ("hälso-\noch sjukvård", "hälso- och sjukvård"),
        ("Hälso- och\nsjukvårdsnämnden", "Hälso- och sjukvårdsnämnden"),
        ("två   ord\n\n till", "två ord till"),
        ("2024-\n2026", "2024-2026"),
    ],
)
def test_a_wrapped_text_becomes_one_line(text: str, expected: str) -> None:
    assert flow(text) == expected


@given(st.text(alphabet="aB. !?:\n•-”)1å", max_size=60))
def test_sentences_hold_every_letter_once_and_in_order(text: str) -> None:
    spans = list(sentences(text))
    assert all(before.end <= after.start for before, after in zip(spans, spans[1:], strict=False))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(trimmed(text, span) == span for span in spans)
