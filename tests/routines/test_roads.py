"""Every road through the real routine: the straight one, then one test for each deviation, each asserting the exact pathway.

A pathway is written as step ids; `each(id, n)` is a step that n bodies do. The pathways are composed of named parts, so that a deviation reads
as what differs from the straight road.
"""

from itertools import groupby

from styrkedja.cli.driving import Walk
from tests.routines.conftest import Walker

PRINCIPALS = 8
LPO = 2


def each(step: str, bodies: int) -> list[str]:
    return [step] * bodies


ARRIVAL = ["receive_consultation", "register_consultation", "forward_consultation", *each("assess_municipal_relevance", LPO)]
COMMENTS = [
    "send_to_association",
    "spread_to_municipalities",
    *each("collect_expert_comments", LPO),
    "compile_municipal_comments",
]
SENT = ["send_programme_group_summary", "send_municipal_summary", "compile_response", "share_response", "submit_response"]
REMISS = [*ARRIVAL, *COMMENTS, *SENT]
NATIONAL = ["await_national_decision", "register_national_decision"]
INFORMED = ["inform_of_national_decision", "inform_networks", "prioritise"]
PROPOSED = ["propose_staffing", "send_to_collaboration_coordinator", "route_case"]
STEERING_GROUP = ["decide_collaboration_in_steering_group", "decide_staffing_in_steering_group"]
COUNTY_LEADERSHIP = [
    "decide_collaboration_in_county_leadership",
    "decide_staffing_in_county_leadership",
    "request_municipal_experts",
    "request_regional_experts",
]
STAFFED = [*each("appoint_experts", PRINCIPALS), "forward_experts", "compose_working_group"]
ANALYSED = ["analyse_gaps", "review_gap_analysis"]
REVIEWED = [
    "inform_of_gap_analysis",
    "send_gap_analysis",
    "distribute_gap_analysis",
    *each("review_in_groups", 2),
    "compile_reviews",
    "revise_gap_analysis",
    "submit_to_agenda",
]
OPINION = ["review_in_steering_group", "send_opinion"]
DECIDED = ["recommend_implementation", *each("decide_implementation", PRINCIPALS), "decide_how_to_implement"]
STARTED = ["report_decision", "inventory_competence", "start_implementation"]
PLANNED = ["plan_implementation", "endorse_plan"]
DONE = [
    *each("acknowledge_internal_activities", PRINCIPALS),
    "report_plan",
    "forward_plan",
    "assign_county_activities",
    "perform_activities",
]
FOLLOWED_UP = [*each("follow_up_as_principal", PRINCIPALS), "follow_up_jointly"]
TO_DECISION = [*REMISS, *NATIONAL, *INFORMED, *PROPOSED, *STEERING_GROUP, *STAFFED, *ANALYSED, *REVIEWED, *OPINION]
IMPLEMENTED = [*STARTED, *PLANNED, *DONE, *FOLLOWED_UP]


def road(walk: Walk) -> list[str]:
    return [passed.id for passed in walk.pathway]


def numbers(walk: Walk) -> list[str]:
    return [number for number, _same in groupby(passed.number for passed in walk.pathway)]


def assert_ends(walk: Walk, end: str, pathway: list[str]) -> None:
    assert walk.incident is None
    assert road(walk) == pathway
    assert (walk.state, walk.end and walk.end["id"], walk.waiting) == ("done", end, [])


def test_straight_road_takes_all_33_steps(walk: Walker) -> None:
    result = walk("straight")
    assert_ends(result, "end_closed", [*TO_DECISION, *DECIDED, *IMPLEMENTED])
    assert {int(number) for number in numbers(result)} == set(range(1, 34))


def test_county_leadership_decides_itself_when_the_case_is_routed_to_it(walk: Walker) -> None:
    local = [*INFORMED, *PROPOSED, *COUNTY_LEADERSHIP, *STAFFED, *ANALYSED, *REVIEWED, "review_in_county_leadership"]
    assert_ends(walk("lansledningen"), "end_closed", [*REMISS, *NATIONAL, *local, *DECIDED, *IMPLEMENTED])


def test_case_enters_at_step_8_without_a_remiss(walk: Walker) -> None:
    local = [*INFORMED, *PROPOSED, *STEERING_GROUP, *STAFFED, *ANALYSED, *REVIEWED, *OPINION]
    assert_ends(walk("direct-entry"), "end_closed", [*NATIONAL, *local, *DECIDED, *IMPLEMENTED])


def test_case_leaves_for_the_regional_routine_when_no_lpo_finds_the_municipalities_concerned(walk: Walker) -> None:
    result = walk("regional-only")
    assert_ends(result, "end_regional_only", [*ARRIVAL, "hand_over_to_regional_routine"])
    assert numbers(result)[-1] == "4-regionintern"


def test_association_shares_the_answer_when_the_network_lacks_heads(walk: Walker) -> None:
    comments = [*COMMENTS, "send_programme_group_summary", "share_with_municipal_heads", *SENT[1:]]
    assert_ends(walk("networks-without-heads"), "end_not_introduced", [*ARRIVAL, *comments, "await_national_decision"])


def test_case_ends_without_national_introduction(walk: Walker) -> None:
    assert_ends(walk("not-introduced"), "end_not_introduced", [*REMISS, "await_national_decision"])


def test_case_is_parked_and_comes_back_to_prioritisation_on_its_date(walk: Walker) -> None:
    result = walk("parked-and-back")
    parked = [*INFORMED, "park_case", "until_reconsideration", "prioritise"]
    rest = [*PROPOSED, *STEERING_GROUP, *STAFFED, *ANALYSED, *REVIEWED, *OPINION, *DECIDED, *IMPLEMENTED]
    assert_ends(result, "end_closed", [*REMISS, *NATIONAL, *parked, *rest])
    assert [passed.on for passed in result.pathway if passed.id == "until_reconsideration"] == ["2027-02-01"]


def test_region_goes_on_alone_when_the_steering_group_declines(walk: Walker) -> None:
    declined = [STEERING_GROUP[0], "report_no_collaboration", "decide_regional_implementation"]
    result = walk("regional-alone-steering-group")
    assert_ends(result, "end_regional_alone", [*REMISS, *NATIONAL, *INFORMED, *PROPOSED, *declined])
    assert numbers(result)[-2:] == ["13", "13a"]


def test_region_goes_on_alone_when_county_leadership_declines(walk: Walker) -> None:
    declined = [COUNTY_LEADERSHIP[0], "report_no_collaboration", "decide_regional_implementation"]
    assert_ends(walk("regional-alone-lansledningen"), "end_regional_alone", [*REMISS, *NATIONAL, *INFORMED, *PROPOSED, *declined])


def test_analysis_is_done_twice_when_the_lpo_is_not_satisfied(walk: Walker) -> None:
    local = [*INFORMED, *PROPOSED, *STEERING_GROUP, *STAFFED, *ANALYSED, *ANALYSED, *REVIEWED, *OPINION]
    assert_ends(walk("analysis-twice"), "end_closed", [*REMISS, *NATIONAL, *local, *DECIDED, *IMPLEMENTED])


def test_county_leadership_sends_the_brief_back_for_supplement(walk: Walker) -> None:
    again = ["review_in_county_leadership", "revise_gap_analysis", "submit_to_agenda", "review_in_county_leadership"]
    local = [*INFORMED, *PROPOSED, *COUNTY_LEADERSHIP, *STAFFED, *ANALYSED, *REVIEWED, *again]
    assert_ends(walk("supplemented"), "end_closed", [*REMISS, *NATIONAL, *local, *DECIDED, *IMPLEMENTED])


def test_steering_group_sends_the_brief_back_and_then_on_to_county_leadership_with_its_opinion(walk: Walker) -> None:
    again = ["review_in_steering_group", "revise_gap_analysis", "submit_to_agenda", *OPINION]
    local = [*INFORMED, *PROPOSED, *STEERING_GROUP, *STAFFED, *ANALYSED, *REVIEWED, *again]
    assert_ends(walk("supplemented-steering-group"), "end_closed", [*REMISS, *NATIONAL, *local, *DECIDED, *IMPLEMENTED])


def test_no_recommendation_ends_the_case(walk: Walker) -> None:
    assert_ends(walk("no-recommendation"), "end_no_recommendation", [*TO_DECISION, "recommend_implementation"])


def test_partial_recommendation_is_implemented_in_part(walk: Walker) -> None:
    result = walk("partial")
    assert_ends(result, "end_closed", [*TO_DECISION, *DECIDED, *IMPLEMENTED])
    assert [passed.outcome for passed in result.pathway if passed.number == "24"] == each("partial", PRINCIPALS)


def test_one_principal_declines_and_the_others_go_on(walk: Walker) -> None:
    result = walk("one-principal-declines")
    assert_ends(result, "end_closed", [*TO_DECISION, *DECIDED, *IMPLEMENTED])
    answers = {passed.item: passed.outcome for passed in result.pathway if passed.number == "24"}
    assert answers.pop("ange") == "no"
    assert set(answers.values()) == {"full"}
    assert len(answers) == PRINCIPALS - 1


def test_nothing_is_implemented_when_every_principal_declines(walk: Walker) -> None:
    assert_ends(walk("all-decline"), "end_not_implemented", [*TO_DECISION, *DECIDED, "report_decision"])


def test_competence_is_added_by_region_and_municipalities(walk: Walker) -> None:
    asked = ["request_regional_competence", "request_municipal_competence", "appoint_regional_competence"]
    added = ["report_decision", "inventory_competence", *asked, *each("appoint_municipal_competence", 2), "inventory_competence"]
    rest = ["start_implementation", *PLANNED, *DONE, *FOLLOWED_UP]
    assert_ends(walk("competence-added"), "end_closed", [*TO_DECISION, *DECIDED, *added, *rest])


def test_plan_is_anchored_with_a_head_and_sent_back_once(walk: Walker) -> None:
    anchored = ["plan_implementation", "send_plan_to_heads", "endorse_plan_with_head", "endorse_plan"]
    assert_ends(walk("plan-not-endorsed"), "end_closed", [*TO_DECISION, *DECIDED, *STARTED, *anchored, *PLANNED, *DONE, *FOLLOWED_UP])


def test_follow_up_comes_back_next_year_and_the_plan_is_adjusted(walk: Walker) -> None:
    result = walk("next-year-and-adjust")
    again = [*FOLLOWED_UP, "until_next_follow_up", *FOLLOWED_UP, *PLANNED, *DONE, *FOLLOWED_UP]
    assert_ends(result, "end_closed", [*TO_DECISION, *DECIDED, *STARTED, *PLANNED, *DONE, *again])
    assert [passed.on for passed in result.pathway if passed.id == "until_next_follow_up"] == ["2028-02-01"]
