"""Published routines and the cases that run in them.

The history of an instance is the record: append-only (the database refuses change), and enough to play the case again. `state` and the open
work items are what playing it gives, kept so that it need not be played at every click.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrkedja.organisations.models import Body, County


class ProcessDefinition(models.Model):
    """A published version of a routine. Immutable: `source` is the file, `sha256` its hash."""

    county = models.ForeignKey(County, verbose_name=_("län"), on_delete=models.PROTECT, related_name="definitions")
    key = models.CharField(_("rutin"), max_length=100)
    name = models.CharField(_("namn"), max_length=250)
    version = models.PositiveIntegerField(_("version"))
    source = models.TextField(_("källtext"))
    sha256 = models.CharField(_("kontrollsumma"), max_length=64)
    decided_by = models.CharField(_("beslutad av"), max_length=250, blank=True)
    decided_on = models.DateField(_("beslutad"), null=True)
    revised_on = models.DateField(_("reviderad"), null=True)
    valid_from = models.DateField(_("gäller från"), null=True)
    published_at = models.DateTimeField(_("publicerad"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("publicerad av"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("rutinversion")
        verbose_name_plural = _("rutinversioner")
        constraints = [
            models.UniqueConstraint(fields=["county", "key", "version"], name="definition_version_once"),
            models.UniqueConstraint(fields=["county", "sha256"], name="definition_content_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class InstanceStatus(models.TextChoices):
    RUNNING = "RUNNING", _("Pågår")
    ENDED = "ENDED", _("Avslutat")
    CLOSED = "CLOSED", _("Avskrivet")
    INCIDENT = "INCIDENT", _("Stoppat")


class ProcessInstance(models.Model):
    """A case's way through a routine. `end_event` is the id of the end that was reached."""

    definition = models.ForeignKey(ProcessDefinition, verbose_name=_("rutinversion"), on_delete=models.PROTECT, related_name="instances")
    status = models.CharField(_("läge"), max_length=10, choices=InstanceStatus, default=InstanceStatus.RUNNING)
    givens = models.JSONField(_("ingångsvärden"))
    state = models.TextField(_("motorns läge"))
    end_event = models.CharField(_("slut"), max_length=100, blank=True)
    started_at = models.DateTimeField(_("startat"))
    ended_at = models.DateTimeField(_("avslutat"), null=True)
    last_sequence = models.PositiveIntegerField(_("senaste händelse"), default=0)

    class Meta:
        verbose_name = _("ärendegång")
        verbose_name_plural = _("ärendegångar")
        # By far the most cases have ended; the others are looked for by what they are.
        indexes = [
            models.Index(fields=["status"], name="instance_open", condition=Q(status__in=["RUNNING", "INCIDENT"])),
            models.Index(fields=["status"], name="instance_written_off", condition=Q(status="CLOSED")),
        ]


class EventKind(models.TextChoices):
    STARTED = "STARTED", _("Öppnat")
    COMPLETED = "COMPLETED", _("Utfört")
    WAIT_ENDED = "WAIT_ENDED", _("Väntan slut")
    MIGRATED = "MIGRATED", _("Flyttat till ny version")
    CLOSED = "CLOSED", _("Avskrivet")
    CLAIMED = "CLAIMED", _("Taget")
    RELEASED = "RELEASED", _("Lämnat")
    HANDED_OVER = "HANDED_OVER", _("Överlämnat")
    DUE_CHANGED = "DUE_CHANGED", _("Ändrat datum")
    FOLLOW_UP_SET = "FOLLOW_UP_SET", _("Bevakning satt")
    REMINDED = "REMINDED", _("Påmint")
    ESCALATED = "ESCALATED", _("Lyft")
    INCIDENT = "INCIDENT", _("Stopp")
    INCIDENT_RESOLVED = "INCIDENT_RESOLVED", _("Stopp åtgärdat")


class HistoryEvent(models.Model):
    """What happened, in order. `values` are the variables a step left to the routine, `data` all that was filled in."""

    instance = models.ForeignKey(ProcessInstance, verbose_name=_("ärendegång"), on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField(_("nummer"))
    kind = models.CharField(_("slag"), max_length=20, choices=EventKind)
    definition = models.ForeignKey(ProcessDefinition, verbose_name=_("rutinversion"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("tidpunkt"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("konto"), null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    function = models.CharField(_("i funktionen"), max_length=350, blank=True)
    token = models.CharField(_("steg i motorn"), max_length=150, blank=True)
    node_id = models.CharField(_("steg"), max_length=100, blank=True)
    number = models.CharField(_("stegnummer"), max_length=40, blank=True)
    item = models.CharField(_("part"), max_length=100, blank=True)
    outcome = models.CharField(_("utfall"), max_length=100, blank=True)
    values = models.JSONField(_("variabler"), default=dict)
    data = models.JSONField(_("uppgifter"), default=dict)
    idempotency_key = models.UUIDField(_("inlämningsnyckel"), null=True)

    class Meta:
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
        ordering = ["instance", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["instance", "sequence"], name="history_sequence_once"),
            models.UniqueConstraint(fields=["idempotency_key"], name="history_submit_once"),
        ]
        # What somebody did last, however many events there are.
        indexes = [models.Index(fields=["account", "-id"], name="history_latest_of_account")]


class ItemState(models.TextChoices):
    OPEN = "OPEN", _("Att göra")
    DONE = "DONE", _("Klar")
    WITHDRAWN = "WITHDRAWN", _("Återtagen")


class WorkItem(models.Model):
    """An open step for one body (or a wait for a date): who may do it, by when, who has taken it. `version` guards against two at once."""

    instance = models.ForeignKey(ProcessInstance, verbose_name=_("ärendegång"), on_delete=models.CASCADE, related_name="items")
    token = models.CharField(_("steg i motorn"), max_length=150)
    node_id = models.CharField(_("steg"), max_length=100)
    number = models.CharField(_("stegnummer"), max_length=40)
    name = models.CharField(_("namn"), max_length=250)
    kind = models.CharField(_("slag"), max_length=40)
    item = models.CharField(_("part"), max_length=100, blank=True)
    is_wait = models.BooleanField(_("väntan"), default=False)
    state = models.CharField(_("läge"), max_length=10, choices=ItemState, default=ItemState.OPEN)
    version = models.PositiveIntegerField(_("version"), default=1)
    performer = models.CharField(_("utförare"), max_length=350)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("tagen av"), null=True, on_delete=models.PROTECT, related_name="claimed_items"
    )
    opened_at = models.DateTimeField(_("öppnad"))
    claimed_at = models.DateTimeField(_("tagen"), null=True)
    closed_at = models.DateTimeField(_("klar"), null=True)
    due_on = models.DateField(_("klar senast"), null=True)
    follow_up_on = models.DateField(_("bevakas"), null=True)
    wakes_on = models.DateField(_("väntar till"), null=True)
    waiting_for = models.CharField(_("väntar på"), max_length=250, blank=True)
    reminded_at = models.DateTimeField(_("påmind"), null=True)
    escalated_at = models.DateTimeField(_("lyft"), null=True)
    followed_up_at = models.DateTimeField(_("bevakning nådd"), null=True)

    class Meta:
        verbose_name = _("uppgift")
        verbose_name_plural = _("uppgifter")
        constraints = [
            models.UniqueConstraint(fields=["instance", "token"], condition=Q(state="OPEN"), name="work_item_open_once"),
            models.CheckConstraint(condition=Q(state="OPEN", closed_at__isnull=True) | ~Q(state="OPEN"), name="work_item_open_not_closed"),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="work_item_due", condition=Q(state="OPEN")),
            models.Index(fields=["instance"], name="work_item_of_instance", condition=Q(state="OPEN")),
            models.Index(fields=["claimed_by"], name="work_item_claimed", condition=Q(state="OPEN")),
            models.Index(fields=["wakes_on"], name="work_item_wakes", condition=Q(state="OPEN", is_wait=True)),
            models.Index(fields=["number", "instance"], name="work_item_step", condition=Q(state="OPEN")),
            # What was done in a period, for the statistics: the years before it are not read.
            models.Index(fields=["closed_at", "instance"], name="work_item_done", condition=Q(state="DONE")),
            models.Index(
                fields=["follow_up_on"],
                name="work_item_watched",
                condition=Q(state="OPEN", follow_up_on__isnull=False, followed_up_at__isnull=True),
            ),
        ]


class Offer(models.Model):
    """Who may do an open work item: a function in a body. Gone when the item closes, so that the inbox never wades through old work."""

    item = models.ForeignKey(WorkItem, verbose_name=_("uppgift"), on_delete=models.CASCADE, related_name="offers")
    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="offers")
    function = models.CharField(_("funktion"), max_length=60)

    class Meta:
        verbose_name = _("erbjudande")
        verbose_name_plural = _("erbjudanden")
        constraints = [models.UniqueConstraint(fields=["body", "function", "item"], name="offer_once")]


class Draft(models.Model):
    """What somebody has typed but not sent."""

    item = models.ForeignKey(WorkItem, verbose_name=_("uppgift"), on_delete=models.CASCADE, related_name="drafts")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("konto"), on_delete=models.CASCADE, related_name="drafts")
    data = models.JSONField(_("uppgifter"))
    saved_at = models.DateTimeField(_("sparat"))

    class Meta:
        verbose_name = _("utkast")
        verbose_name_plural = _("utkast")
        constraints = [models.UniqueConstraint(fields=["item", "account"], name="draft_once")]


class Incident(models.Model):
    """The routine could not go on: why, and when it was put right. The case stands as it stood before the step."""

    instance = models.ForeignKey(ProcessInstance, verbose_name=_("ärendegång"), on_delete=models.CASCADE, related_name="incidents")
    at = models.DateTimeField(_("tidpunkt"))
    token = models.CharField(_("steg i motorn"), max_length=150, blank=True)
    reason = models.TextField(_("orsak"))
    resolved_at = models.DateTimeField(_("åtgärdat"), null=True)

    class Meta:
        verbose_name = _("stopp")
        verbose_name_plural = _("stopp")


class NoticeKind(models.TextChoices):
    NEW_TASK = "NEW_TASK", _("Ny uppgift")
    HANDED_OVER = "HANDED_OVER", _("Överlämnad till dig")
    WAIT_ENDED = "WAIT_ENDED", _("Väntan är slut")
    FOLLOW_UP = "FOLLOW_UP", _("Bevakning")
    REMINDER = "REMINDER", _("Påminnelse")
    ESCALATION = "ESCALATION", _("Försenad uppgift")
    INCIDENT = "INCIDENT", _("Ärendet har stannat")


class Notice(models.Model):
    """Word to one account of something in a case (`item` None: of the case as a whole). Settled when read, or when the item closes."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("konto"), on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    kind = models.CharField(_("slag"), max_length=20, choices=NoticeKind)
    instance = models.ForeignKey(
        ProcessInstance, verbose_name=_("ärendegång"), on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    item = models.ForeignKey(WorkItem, verbose_name=_("uppgift"), null=True, on_delete=models.CASCADE, related_name="notices")
    created_at = models.DateTimeField(_("skapad"))
    read_at = models.DateTimeField(_("läst"), null=True)
    by_mail = models.BooleanField(_("skickas med e-post"))
    mailed_at = models.DateTimeField(_("skickad"), null=True)

    class Meta:
        verbose_name = _("avisering")
        verbose_name_plural = _("aviseringar")
        indexes = [
            models.Index(fields=["account", "-created_at", "-id"], name="notice_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["instance"], name="notice_of_case", condition=Q(read_at__isnull=True, item__isnull=True)),
            models.Index(
                fields=["account"], name="notice_to_mail", condition=Q(by_mail=True, mailed_at__isnull=True, read_at__isnull=True)
            ),
            models.Index(fields=["account", "mailed_at"], name="notice_mailed", condition=Q(mailed_at__isnull=False)),
            models.Index(fields=["created_at"], name="notice_age", condition=Q(read_at__isnull=False)),
        ]
