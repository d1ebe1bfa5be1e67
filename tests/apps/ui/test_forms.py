from datetime import date
from uuid import UUID, uuid4

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from lxml import html

from styrkedja.core.fields import FieldSpec, FieldType
from styrkedja.ui.forms import DateField, NumberField, SubmissionForm, TableField, UploadField, YesNoField
from tests.apps.ui.drawing import draw, one, text


class OpinionForm(forms.Form):
    subject = forms.CharField(label="Ärendemening", help_text="Kort.")
    grounds = forms.CharField(label="Skäl", widget=forms.Textarea, max_length=500, required=False)
    concerns = YesNoField(label="Berör kommunerna?")
    due = DateField(label="Svar senast", required=False)
    sure = forms.BooleanField(label="Läst", required=False)


def drawn(form: forms.BaseForm) -> html.HtmlElement:
    return draw("{{ form }}", form=form)


def test_label_help_and_error_are_tied_to_the_field() -> None:
    page = drawn(OpinionForm({}))
    field = one(page, "//input[@name='subject']")
    assert field.get("aria-describedby").split() == ["id_subject_helptext", "id_subject_error"]
    assert field.get("aria-invalid") == "true"
    assert text(one(page, "//*[@id='id_subject_helptext']")) == "Kort."
    assert text(one(page, "//*[@id='id_subject_error']")) == "Fel: Detta fält måste fyllas i."
    assert text(one(page, "//label[@for='id_subject']")) == "Ärendemening"


def test_only_what_may_be_left_out_is_marked() -> None:
    page = drawn(OpinionForm())
    marked = [text(label) for label in page.xpath("//label | //legend") if "(frivilligt)" in text(label)]
    assert marked == ["Skäl (frivilligt)", "Svar senast (frivilligt)"]


def test_choices_stand_in_a_fieldset_with_the_question_as_legend() -> None:
    group = one(drawn(OpinionForm({})), "//fieldset")
    assert text(one(group, "legend")) == "Berör kommunerna?"
    assert group.get("aria-describedby") == "id_concerns_error"
    assert [label.get("for") for label in group.xpath(".//label")] == [field.get("id") for field in group.xpath(".//input")]


BODIES = [("Nämnder", [("n1", "Regionstyrelsen"), ("n2", "Nämnden")]), ("Enheter", [("e1", "Ålen"), ("e2", "Arnäs")])]


def boxes(choices: list, chosen: list[str]) -> html.HtmlElement:
    field = forms.MultipleChoiceField(label="Organ", choices=choices, widget=forms.CheckboxSelectMultiple, initial=chosen)
    return drawn(type("BodyForm", (forms.Form,), {"bodies": field})())


def test_of_many_boxes_the_chosen_stand_first_and_the_rest_can_be_searched(settings) -> None:
    settings.SEARCHED_CHOICES = 3
    page = boxes(BODIES, ["e2", "n1", "n2"])
    assert [text(line) for line in one(page, "//div[@id='id_bodies']")] == [
        "Regionstyrelsen, Nämnder",
        "Nämnden, Nämnder",
        "Arnäs, Enheter",
        "Nämnder",
        "Enheter",
        "Ålen, Enheter",
    ]
    assert [field.get("value") for field in page.xpath("//input[@checked]")] == ["n1", "n2", "e2"]
    assert [text(line) for line in page.xpath("//div[@id='id_bodies']//*[@hidden]")] == ["Nämnder", ", Enheter"]
    search = one(page, "//fieldset//input[@type='search']")
    assert (search.get("name"), search.get("aria-controls"), search.getparent().get("hidden")) == (None, "id_bodies", "")
    assert text(one(page, f"//label[@for='{search.get('id')}']")) == "Sök i listan"


def test_the_summary_leads_to_the_first_box_of_a_group() -> None:
    field = forms.MultipleChoiceField(label="Organ", choices=BODIES, widget=forms.CheckboxSelectMultiple)
    page = drawn(type("BodyForm", (forms.Form,), {"bodies": field})({}))
    anchor = one(page, "//ds-error-summary//a").get("href").removeprefix("#")
    assert one(page, f"//*[@id='{anchor}']").get("value") == "n1"


def test_a_few_boxes_stand_as_they_are(settings) -> None:
    settings.SEARCHED_CHOICES = 4
    page = boxes(BODIES, ["e2"])
    assert page.xpath("//input[@type='search']") == []
    assert [field.get("value") for field in page.xpath("//input[@type='checkbox']")] == ["n1", "n2", "e1", "e2"]


def test_a_date_is_the_browsers_own_date_field() -> None:
    field = one(drawn(OpinionForm(initial={"due": date(2026, 11, 24)})), "//input[@name='due']")
    assert (field.get("type"), field.get("value")) == ("date", "2026-11-24")


def test_djangos_own_date_field_is_drawn_natively_too() -> None:
    form = type("Plain", (forms.Form,), {"day": forms.DateField(initial=date(2026, 1, 2))})()
    field = one(drawn(form), "//input[@name='day']")
    assert (field.get("type"), field.get("value")) == ("date", "2026-01-02")


def test_a_long_text_is_counted_in_swedish_and_not_cut_off() -> None:
    page = drawn(OpinionForm())
    counter = one(page, "//*[@data-field='counter']")
    assert (counter.get("data-limit"), counter.get("data-under"), counter.get("data-over")) == (
        "500",
        "%d tecken kvar",
        "%d tecken för mycket",
    )
    area = one(page, "//textarea")
    assert (area.get("maxlength"), area.get("cols"), area.get("rows")) == (None, None, None)


def test_the_summary_leads_to_each_fault() -> None:
    form = OpinionForm({"due": "i morgon"})
    form.add_error(None, "Ärendet är avslutat.")
    summary = one(drawn(form), "//ds-error-summary")
    assert text(one(summary, "h2")) == "4 fel behöver rättas"
    assert [text(item) for item in summary.xpath(".//li")] == [
        "Ärendet är avslutat.",
        "Ärendemening: Detta fält måste fyllas i.",
        "Berör kommunerna?: Detta fält måste fyllas i.",
        "Svar senast: Ange ett datum, till exempel 2026-11-24.",
    ]
    assert [link.get("href") for link in summary.xpath(".//a")] == ["#id_subject", "#id_concerns_0", "#id_due"]
    assert summary.get("tabindex") == "-1"


def test_a_single_fault_is_counted_in_the_singular() -> None:
    summary = one(drawn(OpinionForm({"subject": "Stroke"})), "//ds-error-summary")
    assert text(one(summary, "h2")) == "Ett fel behöver rättas"


def test_a_form_that_is_just_opened_has_no_summary() -> None:
    assert drawn(OpinionForm()).xpath("//ds-error-summary") == []


def test_the_title_says_that_something_is_wrong() -> None:
    page = "{% has_errors as errors %}{% if errors %}Fel:{% endif %}"
    assert [text(draw(page, form=form)) for form in (OpinionForm(), OpinionForm({}))] == ["", "Fel:"]


@pytest.mark.parametrize(("typed", "value"), [("12 500", 12_500), ("3,5", 3.5), ("3.5", 3.5), ("2,0", 2), ("\u22122", -2), ("", None)])
def test_numbers_are_read_the_swedish_way(typed: str, value: float | None) -> None:
    read = NumberField(required=False).clean(typed)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize("typed", ["tre", "1,2,3", "nan", "inf", "1e999999999999", "9" * 16, "٣"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="Ange ett tal"):
        NumberField().clean(typed)


@pytest.mark.parametrize(("typed", "value"), [("12,500", 12_500), ("1,234,567.5", 1_234_567.5), ("3.5", 3.5), ("12 500", 12_500)])
def test_numbers_are_read_the_english_way_in_english(typed: str, value: float) -> None:
    with translation.override("en"):
        read = NumberField().clean(typed)
        assert (read, type(read)) == (value, type(value))
        assert NumberField().clean(NumberField().prepare_value(value)) == value


@pytest.mark.parametrize("typed", ["3,5", "12,50", "1,2345"])
def test_a_comma_that_parts_no_thousands_is_refused_in_english(typed: str) -> None:
    with translation.override("en"), pytest.raises(forms.ValidationError, match="Enter a number, for example 12,500 or 3.5."):
        NumberField().clean(typed)


def test_numbers_outside_their_bounds_are_refused_with_the_bound() -> None:
    field = NumberField(minimum=0, maximum=12_500)
    with pytest.raises(forms.ValidationError, match="inte vara mindre än 0"):
        field.clean("-1")
    with pytest.raises(forms.ValidationError) as refused:
        field.clean("12501")
    assert refused.value.messages == ["Talet får inte vara större än 12\u202f500."]


def test_a_number_is_shown_again_as_it_is_written() -> None:
    form = type("Cost", (forms.Form,), {"cost": NumberField()})(initial={"cost": 12_500.5})
    assert one(drawn(form), "//input").get("value") == "12\u202f500,5"


@pytest.mark.parametrize(("sent", "value"), [("yes", True), ("no", False), ("", None)])
def test_yes_no_tells_an_answer_from_none(sent: str, value: bool | None) -> None:
    assert YesNoField(required=False).clean(sent) is value


def test_a_stored_answer_is_shown_again() -> None:
    form = type("Ask", (forms.Form,), {"ask": YesNoField(label="Fråga")})(initial={"ask": False})
    assert [field.get("value") for field in drawn(form).xpath("//input[@checked]")] == ["no"]


def test_a_file_over_the_limit_is_refused_with_both_sizes(settings) -> None:
    settings.MAX_UPLOAD_BYTES = 1024
    with pytest.raises(forms.ValidationError, match="Filen är 2 kB. Den får vara högst 1 kB."):
        UploadField().clean(SimpleUploadedFile("a.pdf", b"x" * 2048))


def test_a_file_at_the_limit_is_taken(settings) -> None:
    settings.MAX_UPLOAD_BYTES = 1024
    assert UploadField().clean(SimpleUploadedFile("a.pdf", b"x" * 1024)).size == 1024


def test_each_opened_form_has_a_number_of_its_own() -> None:
    numbers = {one(drawn(SubmissionForm()), "//input[@name='submission']").get("value") for _turn in range(2)}
    assert len({UUID(number) for number in numbers}) == 2


def test_a_form_that_comes_back_keeps_its_number_and_version() -> None:
    number = uuid4()
    form = SubmissionForm({"submission": str(number), "version": "7"})
    assert form.is_valid()
    assert form.cleaned_data == {"submission": number, "version": 7}
    assert one(drawn(form), "//input[@name='submission']").get("value") == str(number)


def test_a_form_without_its_number_is_refused() -> None:
    form = SubmissionForm({"version": "7"})
    assert not form.is_valid()
    assert "submission" in form.errors


class KeptForm(SubmissionForm):
    subject = forms.CharField(label="Ärendemening", max_length=20)
    grounds = forms.CharField(label="Skäl", widget=forms.Textarea, required=False)
    carried = forms.CharField(widget=forms.HiddenInput, required=False)
    costs = TableField(label="Kostnader", columns=[FieldSpec("what", FieldType.TEXT, "Vad")], required=False)


def test_texts_with_an_identity_number_are_refused_each_at_its_place() -> None:
    number = "19121212-1212"
    sent = {"submission": str(uuid4()), "subject": "Remiss", "costs-0-what": "Resa", "costs-1-what": f"Tolk åt {number}"}
    form = KeptForm(sent | {"grounds": f"Läget.\nAnna {number}.", "carried": number})
    assert sorted(form.errors) == ["costs", "grounds"]
    assert form.errors["costs"][0].startswith("Rad 2, Vad: Texten innehåller ett nummer som ser ut som ett personnummer")
    assert form.errors["grounds"][0].startswith("Rad 2 innehåller ett nummer som ser ut som ett personnummer")
    assert KeptForm(sent | {"subject": f"Ett för långt ämne {number}"}).errors["subject"] == [
        "Texten får vara högst 20 tecken. Den är nu 32."
    ]
    assert KeptForm(sent | {"costs-1-what": "Tolk", "grounds": "RS/342/2022, 232100-0214"}).is_valid()
