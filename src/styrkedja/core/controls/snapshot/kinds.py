"""The words that things of the chain are sorted by."""

from enum import StrEnum


class ObjectKind(StrEnum):
    """What a reference leads to."""

    BODY = "BODY"
    SEAT = "SEAT"
    FORUM = "FORUM"
    VISION = "VISION"
    DOCUMENT = "DOCUMENT"
    GOAL_AREA = "GOAL_AREA"
    GOAL = "GOAL"
    MILESTONE = "MILESTONE"
    ASSIGNMENT = "ASSIGNMENT"
    PROGRAMME = "PROGRAMME"
    ACTION = "ACTION"
    ESTIMATE = "ESTIMATE"
    OBSTACLE = "OBSTACLE"
    GOAL_CONFLICT = "GOAL_CONFLICT"
    MANDATE = "MANDATE"
    DECISION = "DECISION"
    AUDIT = "AUDIT"
    RECOMMENDATION = "RECOMMENDATION"
    REPORT = "REPORT"
    INDICATOR = "INDICATOR"
    PROGRAMME_GROUP = "PROGRAMME_GROUP"
    PROPOSAL = "PROPOSAL"
    WORKING_GROUP = "WORKING_GROUP"
    BRIEF = "BRIEF"
    IMPLEMENTATION = "IMPLEMENTATION"


class DocumentKind(StrEnum):
    STRATEGY = "STRATEGY"
    REGIONAL_PLAN = "REGIONAL_PLAN"
    OPERATIONAL_PLAN = "OPERATIONAL_PLAN"
    COMMITTEE_PLAN = "COMMITTEE_PLAN"
    JOINT_PLAN = "JOINT_PLAN"
    ACTION_PLAN = "ACTION_PLAN"
    STEERING_MODEL = "STEERING_MODEL"
    RULES_OF_PROCEDURE = "RULES_OF_PROCEDURE"
    DELEGATION_RULES = "DELEGATION_RULES"
    INSTRUCTION = "INSTRUCTION"
    AGREEMENT = "AGREEMENT"
    OTHER = "OTHER"


class ActionKind(StrEnum):
    RESULT_IMPROVING = "RESULT_IMPROVING"
    CORRECTIVE = "CORRECTIVE"
    OTHER = "OTHER"


class TimeFrame(StrEnum):
    """Source 003: "långsiktiga och strukturella förändringar, utöver kortsiktiga aktiviteter"."""

    STRUCTURAL = "STRUCTURAL"
    SHORT_TERM = "SHORT_TERM"


class ActionState(StrEnum):
    PLANNED = "PLANNED"
    STARTED = "STARTED"
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class ObstacleKind(StrEnum):
    """What is in the way, by sources 002 and 003."""

    RESISTANCE = "RESISTANCE"
    GOAL_CONFLICT = "GOAL_CONFLICT"
    RESOURCES = "RESOURCES"
    COMPETENCE = "COMPETENCE"
    LEGAL = "LEGAL"
    IT = "IT"
    OTHER = "OTHER"


class ReportingCycle(StrEnum):
    MONTHLY = "MONTHLY"
    INTERIM = "INTERIM"
    ANNUAL = "ANNUAL"
    IN_DEPTH = "IN_DEPTH"


class Stance(StrEnum):
    """What an answer says of a recommendation."""

    AGREE = "AGREE"
    PARTLY = "PARTLY"
    DISAGREE = "DISAGREE"


class PromiseState(StrEnum):
    """Source 003: "vidtagna eller planerade åtgärder"."""

    TAKEN = "TAKEN"
    PLANNED = "PLANNED"
