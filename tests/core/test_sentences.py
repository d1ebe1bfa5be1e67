from decimal import Decimal

from styrkedja.core.policies.refusal import Refused
from styrkedja.core.sentences import Sentence


def test_a_sentence_is_its_text_and_remembers_what_it_was_made_of() -> None:
    sentence = Sentence("Uppgiften utförs av %(performer)s.", performer="Registrator")
    assert sentence == "Uppgiften utförs av Registrator."
    assert sentence.pattern == "Uppgiften utförs av %(performer)s."
    assert sentence.values == {"performer": "Registrator"}


def test_a_per_cent_sign_means_itself_when_there_are_no_values() -> None:
    assert Sentence("Högst 50 % av tiden.") == "Högst 50 % av tiden."


def test_a_sentence_may_stand_in_a_sentence() -> None:
    title = Sentence("Rubriken")
    sentence = Sentence("%(what)s är för lång.", what=title)
    assert sentence == "Rubriken är för lång."
    assert sentence.values["what"] is title


def test_a_refusal_keeps_its_pattern() -> None:
    refused = Refused("Mottagaren är inte %(performer)s.", performer="Registrator")
    assert str(refused) == refused.reason == "Mottagaren är inte Registrator."
    assert refused.reason.pattern == "Mottagaren är inte %(performer)s."


def test_a_refusal_with_a_ready_text_may_hold_per_cent_signs() -> None:
    assert Refused("Filen är 100 % tom.").reason == "Filen är 100 % tom."


def test_a_refusal_takes_a_sentence_as_it_is() -> None:
    sentence = Sentence("Ange ett år från %(first)s.", first=1900)
    assert Refused(sentence).reason is sentence


def test_a_kept_sentence_is_said_again() -> None:
    sentence = Sentence("Uppgiften utförs av %(performer)s.", performer="Registrator")
    again = Sentence.again(sentence.pattern, sentence.values)
    assert (again, again.pattern, again.values) == (sentence, sentence.pattern, sentence.values)


def test_a_decimal_is_said_as_in_swedish() -> None:
    sentence = Sentence("Värdet är %(value)s och målet %(target)s.", value=Decimal("0.350"), target=Decimal("1E+2"))
    assert sentence == "Värdet är 0,35 och målet 100."
    assert sentence.values["value"] == Decimal("0.35")
