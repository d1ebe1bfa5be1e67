"""Bodies and who acts for them.

A `Body` is anything that can perform a step, own a registry or decide: an organisation or a group. Everything that changes over time has a
validity, half-open [valid_from, valid_until), so that the structure can be read as it stood on any date. Nothing is deleted.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrkedja.core.organisations.kinds import GroupKind, GroupLevel, OrganisationKind

ORGANISATION_KINDS = {
    OrganisationKind.NATION: _("Nation"),
    OrganisationKind.AGENCY: _("Nationell aktör"),
    OrganisationKind.HEALTHCARE_REGION: _("Sjukvårdsregion"),
    OrganisationKind.REGION: _("Region"),
    OrganisationKind.MUNICIPALITY: _("Kommun"),
    OrganisationKind.MUNICIPAL_ASSOCIATION: _("Kommunförbund"),
    OrganisationKind.COLLABORATION_STRUCTURE: _("Samverkansstruktur"),
    OrganisationKind.COUNCIL: _("Fullmäktige"),
    OrganisationKind.EXECUTIVE_BOARD: _("Styrelse"),
    OrganisationKind.COMMITTEE: _("Nämnd"),
    OrganisationKind.ADMINISTRATION: _("Förvaltning"),
    OrganisationKind.AREA: _("Område"),
    OrganisationKind.DEPARTMENT: _("Verksamhet"),
    OrganisationKind.UNIT: _("Enhet"),
    OrganisationKind.PRIVATE_PROVIDER: _("Privat vårdgivare"),
}
GROUP_KINDS = {
    GroupKind.PROGRAMME_GROUP: _("Programområde"),
    GroupKind.WORKING_GROUP: _("Arbetsgrupp"),
    GroupKind.COLLABORATION_GROUP: _("Samverkansgrupp"),
    GroupKind.STEERING_GROUP: _("Styrgrupp"),
    GroupKind.COUNTY_LEADERSHIP: _("Länsledning"),
    GroupKind.NETWORK: _("Nätverk"),
    GroupKind.TASK_GROUP: _("Särskild arbetsgrupp"),
    GroupKind.FORUM: _("Forum"),
}
GROUP_LEVELS = {GroupLevel.NATIONAL: _("Nationell"), GroupLevel.HEALTHCARE_REGION: _("Sjukvårdsregional"), GroupLevel.LOCAL: _("Lokal")}


def validity_ends_after_it_starts(name: str) -> models.CheckConstraint:
    ends_after = Q(valid_from__isnull=True) | Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from"))
    return models.CheckConstraint(condition=ends_after, name=name)


class Validity(models.Model):
    """Valid from and including `valid_from` (None: always) until but not including `valid_until` (None: until further notice)."""

    valid_from = models.DateField(_("gäller från"), null=True, blank=True)
    valid_until = models.DateField(_("gäller till"), null=True, blank=True)

    class Meta:
        abstract = True


class Body(Validity):
    """An organisation or a group. `key` is the name that counties and routines use."""

    key = models.SlugField(_("nyckel"), max_length=100, unique=True)
    name = models.CharField(_("namn"), max_length=250)
    short_name = models.CharField(_("kortnamn"), max_length=60, blank=True)
    county = models.ForeignKey("County", verbose_name=_("län"), null=True, blank=True, on_delete=models.PROTECT, related_name="bodies")
    declared = models.BooleanField(_("står i länets filer"), default=False)

    class Meta:
        verbose_name = _("organ")
        verbose_name_plural = _("organ")
        constraints = [validity_ends_after_it_starts("body_validity")]

    def __str__(self) -> str:
        return self.short_name or self.name


class Organisation(Body):
    """A principal, or a part of one."""

    kind = models.CharField(_("slag"), max_length=40, choices=[(kind.value, label) for kind, label in ORGANISATION_KINDS.items()])
    code = models.CharField(_("kod"), max_length=10, blank=True)
    org_number = models.CharField(_("organisationsnummer"), max_length=11, blank=True)
    hsa_id = models.CharField(_("HSA-id"), max_length=31, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisationer")


class Group(Body):
    """A group of functions with a mandate: programme group, working group, collaboration group, steering group, network …"""

    kind = models.CharField(_("slag"), max_length=40, choices=[(kind.value, label) for kind, label in GROUP_KINDS.items()])
    level = models.CharField(_("nivå"), max_length=40, choices=[(level.value, label) for level, label in GROUP_LEVELS.items()])
    mandate = models.TextField(_("uppdrag"), blank=True)
    host = models.ForeignKey(Body, verbose_name=_("värd"), null=True, blank=True, on_delete=models.PROTECT, related_name="hosted_groups")
    municipal_participation = models.BooleanField(_("kommunmedverkan"), default=False)
    areas = models.JSONField(_("delområden"), default=list, blank=True)

    class Meta:
        verbose_name = _("grupp")
        verbose_name_plural = _("grupper")


class EarlierDescription(models.Model):
    """What was otherwise until a change: field names and values, so that the structure can be read as it stood the day before `valid_until`.

    The row itself says what holds now; core.organisations.descriptions puts the two together.
    """

    valid_until = models.DateField(_("gällde till"))
    description = models.JSONField(_("beskrivning"))

    class Meta:
        abstract = True


class BodyVersion(EarlierDescription):
    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="versions")

    class Meta:
        verbose_name = _("tidigare beskrivning av organ")
        verbose_name_plural = _("tidigare beskrivningar av organ")
        ordering = ["body", "valid_until", "id"]


class Placement(Validity):
    """Where in the tree a body stands. A body may have several parents at once (Halland lies in two sjukvårdsregioner)."""

    child = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Body, verbose_name=_("överordnat organ"), on_delete=models.PROTECT, related_name="child_placements")

    class Meta:
        verbose_name = _("placering")
        verbose_name_plural = _("placeringar")
        constraints = [
            validity_ends_after_it_starts("placement_validity"),
            models.CheckConstraint(condition=~Q(child=F("parent")), name="placement_not_in_itself"),
            models.UniqueConstraint(fields=["child", "parent"], condition=Q(valid_until__isnull=True), name="placement_once"),
        ]


class Counterpart(Validity):
    """Which national groups a local group answers to: many-to-many (reference 5.3)."""

    local = models.ForeignKey(Group, verbose_name=_("lokal grupp"), on_delete=models.PROTECT, related_name="counterparts")
    national = models.ForeignKey(Group, verbose_name=_("nationell grupp"), on_delete=models.PROTECT, related_name="local_counterparts")

    class Meta:
        verbose_name = _("motsvarighet")
        verbose_name_plural = _("motsvarigheter")
        constraints = [
            validity_ends_after_it_starts("counterpart_validity"),
            models.UniqueConstraint(fields=["local", "national"], condition=Q(valid_until__isnull=True), name="counterpart_once"),
        ]


class Seat(Validity):
    """A function in a body. Functions are proposed and accountable; persons hold them for a period.

    `county`: in whose files the seat stands (a county may have seats in national bodies); None for one that a case has made.
    """

    county = models.ForeignKey(
        "County", verbose_name=_("län"), null=True, blank=True, on_delete=models.PROTECT, related_name="declared_seats"
    )
    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="seats")
    function = models.CharField(_("funktion"), max_length=60)
    title = models.CharField(_("benämning"), max_length=200)
    time_percent = models.PositiveSmallIntegerField(_("avsatt tid, procent"), null=True, blank=True)

    class Meta:
        verbose_name = _("plats")
        verbose_name_plural = _("platser")
        constraints = [
            validity_ends_after_it_starts("seat_validity"),
            models.UniqueConstraint(
                fields=["body", "function", "title", "county"],
                condition=Q(valid_until__isnull=True),
                nulls_distinct=False,
                name="seat_once",
            ),
        ]
        indexes = [models.Index(fields=["body", "function"], name="seat_body_function")]

    def __str__(self) -> str:
        return f"{self.title}, {self.body}"


class SeatVersion(EarlierDescription):
    seat = models.ForeignKey(Seat, verbose_name=_("plats"), on_delete=models.PROTECT, related_name="versions")

    class Meta:
        verbose_name = _("tidigare beskrivning av plats")
        verbose_name_plural = _("tidigare beskrivningar av platser")
        ordering = ["seat", "valid_until", "id"]


class Membership(Validity):
    """A person holds a seat for a period."""

    seat = models.ForeignKey(Seat, verbose_name=_("plats"), on_delete=models.PROTECT, related_name="memberships")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("konto"), on_delete=models.PROTECT, related_name="memberships")

    class Meta:
        verbose_name = _("innehav")
        verbose_name_plural = _("innehav")
        constraints = [validity_ends_after_it_starts("membership_validity")]
        indexes = [models.Index(fields=["account"], name="membership_account")]


class Substitution(Validity):
    """Somebody acts in all functions of another for a period."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("konto"), on_delete=models.PROTECT, related_name="substitutions")
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("ersättare"), on_delete=models.PROTECT, related_name="substitutes_for"
    )
    reason = models.CharField(_("skäl"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("ersättning")
        verbose_name_plural = _("ersättningar")
        constraints = [
            validity_ends_after_it_starts("substitution_validity"),
            models.CheckConstraint(condition=~Q(account=F("substitute")), name="substitution_by_another"),
        ]


class County(models.Model):
    """A county as loaded from its folder under definitions/counties: names of lists and functions, and the calendar.

    `loaded_at` is when its files last changed something, `described_from` the day on which they were read for the first time.
    """

    key = models.SlugField(_("nyckel"), max_length=60, unique=True)
    name = models.CharField(_("namn"), max_length=200)
    code = models.CharField(_("länskod"), max_length=2)
    region = models.ForeignKey(Organisation, verbose_name=_("region"), null=True, on_delete=models.PROTECT, related_name="+")
    lists = models.JSONField(_("listor"), default=dict)
    functions = models.JSONField(_("funktioner"), default=dict)
    closed_days = models.JSONField(_("stängda dagar"), default=list)
    content_hash = models.CharField(_("kontrollsumma"), max_length=64)
    loaded_at = models.DateTimeField(_("inläst"))
    described_from = models.DateField(_("beskrivet från och med"), null=True, blank=True)

    class Meta:
        verbose_name = _("län")
        verbose_name_plural = _("län")

    def __str__(self) -> str:
        return self.name


class LeadTime(models.Model):
    """The planned time of a step, in working days, and when its lateness is told to whom."""

    county = models.ForeignKey(County, verbose_name=_("län"), on_delete=models.CASCADE, related_name="lead_times")
    routine = models.CharField(_("rutin"), max_length=100)
    step = models.CharField(_("steg"), max_length=40)
    working_days = models.PositiveSmallIntegerField(_("arbetsdagar"))
    remind_before = models.PositiveSmallIntegerField(_("påminn arbetsdagar före"), default=2)
    escalate_after = models.PositiveSmallIntegerField(_("lyft arbetsdagar efter"), default=5)
    escalate_to_body = models.ForeignKey(Body, verbose_name=_("lyft till organ"), null=True, on_delete=models.PROTECT, related_name="+")
    escalate_to_function = models.CharField(_("lyft till funktion"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("ledtid")
        verbose_name_plural = _("ledtider")
        constraints = [models.UniqueConstraint(fields=["county", "routine", "step"], name="lead_time_once")]
