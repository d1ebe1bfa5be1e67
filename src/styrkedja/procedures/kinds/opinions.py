"""What bodies think: assess, collect, compile, submit, review."""

from django.utils.translation import gettext_lazy as _

from styrkedja.procedures import effects
from styrkedja.procedures.kinds.base import StepKind, attachment, long_text, on_date, text

ASSESS = StepKind(
    "assess",
    _("Bedöm"),
    _("En fråga bedöms och svaret motiveras."),
    (long_text("grounds", _("Skäl för bedömningen")),),
)

COLLECT = StepKind(
    "collect",
    _("Samla in synpunkter"),
    _("Synpunkter samlas in och vägs samman till ett svar."),
    (
        long_text("contributors", _("Vilka har svarat"), help=_("Ange funktioner och verksamheter, inte personer.")),
        long_text("comments", _("Synpunkter i sammandrag")),
        attachment(),
    ),
    effect=effects.draw_up,
)

COMPILE = StepKind(
    "compile",
    _("Sammanställ"),
    _("Flera svar sammanställs till ett."),
    (long_text("summary", _("Sammanställning")), attachment()),
    effect=effects.draw_up,
)

SUBMIT = StepKind(
    "submit",
    _("Lämna in"),
    _("En handling skickas från myndigheten eller lämnas över till en annan aktör."),
    (
        text("recipient", _("Mottagare")),
        text("document_title", _("Handlingens rubrik")),
        on_date("sent_on", _("Skickad den"), not_future=True),
        attachment("document_file", _("Handlingen som fil")),
    ),
    effect=effects.submit,
)

REVIEW = StepKind(
    "review",
    _("Granska"),
    _("Ett underlag granskas och synpunkter lämnas."),
    (long_text("comments", _("Synpunkter")), attachment()),
    effect=effects.draw_up,
)
