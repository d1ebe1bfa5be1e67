from datetime import UTC, datetime

import pytest
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError
from django.utils.safestring import mark_safe

from styrkedja.ui.components import Column, Crumb, Event, Fact, Figure, Status, Step, Tab
from tests.apps.ui.drawing import draw, one, text

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_a_status_is_a_word_with_the_colour_of_its_tone() -> None:
    tag = one(draw('{% status "Försenad" "danger" %}'), "span")
    assert (text(tag), tag.get("data-color")) == ("Försenad", "danger")


@pytest.mark.parametrize(("tone", "colour"), [("ok", "success"), ("info", "info"), ("warn", "warning"), ("neutral", "neutral")])
def test_every_tone_has_a_colour_of_the_theme(tone: str, colour: str) -> None:
    assert one(draw("{% status value %}", value=Status("Läge", tone)), "span").get("data-color") == colour


def test_a_tone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="'röd' is not a valid Tone"):
        draw('{% status "Försenad" "röd" %}')


def test_what_a_user_wrote_is_escaped_inside_every_enclosing_tag() -> None:
    drawn = draw("{% card title %}<p>{{ written }}</p>{% endcard %}", title="<b>", written="<script>alert(1)</script>")
    assert drawn.xpath("//script | //b") == []
    assert text(one(drawn, "//p")) == "<script>alert(1)</script>"


def test_a_page_header_without_actions_has_no_place_for_them() -> None:
    drawn = draw('{% page_header "Ärenden" lead="Alla som du får se." %} {% endpage_header %}')
    assert text(one(drawn, "//h1")) == "Ärenden"
    assert drawn.xpath("//*[@class='ui-actions']") == []


def test_a_page_header_holds_its_actions() -> None:
    drawn = draw('{% page_header "Ärenden" %}{% button_link "Nytt ärende" "/nytt/" variant="primary" %}{% endpage_header %}')
    assert one(drawn, "//*[@class='ui-actions']/a").get("href") == "/nytt/"


def test_facts_show_a_dash_for_what_is_missing_and_keep_safe_html() -> None:
    rows = [Fact("Sekretess", ""), Fact("Nämnd", "Hälso- och sjukvårdsnämnden", "/n/"), Fact("Läge", mark_safe("<em>klart</em>"))]
    drawn = draw("{% facts rows %}", rows=rows)
    assert [text(cell) for cell in drawn.xpath("//dd")] == ["–", "Hälso- och sjukvårdsnämnden", "klart"]
    assert one(drawn, "//dd/a").get("href") == "/n/"


def test_a_figure_with_an_address_is_a_link() -> None:
    drawn = draw("{% figures items %}", items=[Figure("3", "försenade", "danger", "/?sena"), Figure("12", "pågående")])
    assert [text(item) for item in drawn.xpath("//li")] == ["3 försenade", "12 pågående"]
    assert [link.get("href") for link in drawn.xpath("//a")] == ["/?sena"]
    assert one(drawn, "//ul").get("aria-label") == "Nyckeltal"


def test_steps_say_their_state_in_words_and_mark_the_current_one() -> None:
    items = [Step("4", "LPO bedömer", "done", url="/4/"), Step("5", "Remissvar", "current", "Hos KFVN"), Step("7", "Svar")]
    drawn = draw('{% steps items label="Rutinens steg" %}', items=items)
    assert [text(item) for item in drawn.xpath("//li")] == ["4 LPO bedömer (klart)", "5 Remissvar (pågår) Hos KFVN", "7 Svar (kommande)"]
    assert [item.get("aria-current") for item in drawn.xpath("//li")] == [None, "step", None]


def test_a_timeline_tells_when_who_and_what() -> None:
    events = [Event(datetime(2025, 11, 20, 13, 32, tzinfo=UTC), "Bedömde ärendet", "LPO", "Första raden\nandra raden", "/b/")]
    drawn = draw("{% timeline events at=at %}", events=events, at=AT)
    assert text(one(drawn, "//*[@class='ui-event__head']")) == "20 nov 2025 kl. 14:32 · LPO"
    assert one(drawn, "//time").get("datetime") == "2025-11-20T14:32:00+01:00"
    assert len(drawn.xpath("//br")) == 1


def test_tabs_mark_the_current_one_and_show_a_count_of_nought() -> None:
    drawn = draw('{% tabs items "Uppgifter" %}', items=[Tab("Att göra", "/", True, 5), Tab("Väntar", "/v/", count=0), Tab("Klart", "/k/")])
    assert [(text(link), link.get("aria-current")) for link in drawn.xpath("//a")] == [
        ("Att göra 5", "page"),
        ("Väntar 0", None),
        ("Klart", None),
    ]


def test_breadcrumbs_are_left_out_when_there_is_nothing_above_the_page() -> None:
    assert draw("{% breadcrumbs crumbs %}", crumbs=[]).xpath("//nav") == []
    assert [link.get("href") for link in draw("{% breadcrumbs crumbs %}", crumbs=[Crumb("Ärenden", "/arenden/")]).xpath("//nav//a")] == [
        "/arenden/"
    ]


def test_a_table_has_caption_heads_and_a_frame_that_the_keyboard_reaches() -> None:
    source = '{% table "Följsamhet" columns %}<tr><td>2026</td><td>81</td><td></td></tr>{% endtable %}'
    drawn = draw(source, columns=["År", Column("Andel", numeric=True), Column("Åtgärd", hidden=True)])
    frame = one(drawn, "//*[@role='region']")
    assert (frame.get("aria-label"), frame.get("tabindex")) == ("Följsamhet", "0")
    assert text(one(drawn, "//caption")) == "Följsamhet"
    assert [head.get("scope") for head in drawn.xpath("//th")] == ["col", "col", "col"]
    assert [text(head) for head in drawn.xpath("//th[@class='ui-number'] | //th[span/@class='ds-sr-only']")] == ["Andel", "Åtgärd"]


def test_pages_keep_the_rest_of_the_address_and_leave_out_the_many_in_between() -> None:
    drawn = draw("{% pagination page %}", address="/arenden/?q=stroke&page=4", page=Paginator(range(240), 25).page(4))
    assert [text(item) for item in drawn.xpath("//li")] == [
        "Föregående",
        "Sida 1",
        "Sida 2",
        "Sida 3",
        "Sida 4",
        "Sida 5",
        "…",
        "Sida 10",
        "Nästa",
    ]
    assert one(drawn, "//a[@rel='next']").get("href") == "?q=stroke&page=5"
    assert text(one(drawn, "//*[@aria-current='page']")) == "Sida 4"
    assert text(one(drawn, "//p")) == "76–100 av 240"


def test_a_single_page_has_no_page_links() -> None:
    assert draw("{% pagination page %}", page=Paginator(range(3), 25).page(1)).xpath("//nav") == []


def test_a_search_field_keeps_what_was_sought() -> None:
    field = one(draw('{% search_field "Sök uppgift" %}', address="/?q=obesitas"), "//input")
    assert (field.get("value"), field.get("name"), field.get("type")) == ("obesitas", "q", "search")


def test_a_button_that_posts_carries_its_fields_and_the_token() -> None:
    drawn = draw('{% button_form "Ta" "/ta/" hint="Remissvar" tone="danger" item=17 %}', csrf_token="t" * 32)
    assert {field.get("name"): field.get("value") for field in drawn.xpath("//input")} == {"csrfmiddlewaretoken": "t" * 32, "item": "17"}
    button = one(drawn, "//button")
    assert (text(button), button.get("data-color")) == ("Ta: Remissvar", "danger")


def test_a_file_link_tells_the_size() -> None:
    assert text(one(draw('{% file_link "Remiss.pdf" "/f/" 1468006 %}'), "//a")) == "Remiss.pdf (1,4 MB)"


def test_a_fold_is_closed_unless_asked() -> None:
    assert one(draw('{% fold "Visa" %}x{% endfold %}'), "//details").get("open") is None
    assert one(draw('{% fold "Visa" open=True %}x{% endfold %}'), "//details").get("open") is not None


def test_an_alert_has_its_title_as_a_heading() -> None:
    drawn = draw('{% alert "warn" title="Står stilla" %}<p>Väntar.</p>{% endalert %}')
    assert (text(one(drawn, "//h2")), one(drawn, "//div[h2]").get("data-color")) == ("Står stilla", "warning")


def test_an_empty_state_says_what_is_empty_and_why() -> None:
    assert (
        text(draw('{% empty_state "Inga uppgifter" %}<p>Du har inget att göra.</p>{% endempty_state %}'))
        == "Inga uppgifter Du har inget att göra."
    )


def test_a_map_points_to_its_diagram_and_state_and_its_tools_wait_for_the_script() -> None:
    drawn = draw('{% process_map "Karta" "/karta.bpmn" diagram="phase_local_2" state=state %}', state={"step": {"state": "current"}})
    box = one(drawn, "//*[@data-map]")
    assert (box.get("data-map"), box.get("data-map-diagram"), box.get("data-map-state")) == ("/karta.bpmn", "phase_local_2", "karta-lage")
    assert (box.get("role"), box.get("aria-label"), box.get("tabindex")) == ("region", "Karta", "0")
    assert text(one(box, "p")).startswith("Kartan ritas med JavaScript, som är avstängt i din webbläsare.")
    assert one(drawn, "//*[@data-map-failed='karta']").get("hidden") is not None
    assert one(drawn, "//script[@id='karta-lage']").text == '{"step": {"state": "current"}}'
    assert one(drawn, "//*[@data-map-tools='karta']").get("hidden") is not None


def test_a_tag_that_is_not_closed_is_an_error() -> None:
    with pytest.raises(TemplateSyntaxError, match="endcard"):
        draw("{% card %}")
