"""All scenarios by name, in the order in which they run."""

from tests.chaos.scenarios.outcomes import SHOPS
from tests.chaos.scenarios.points import crash_points
from tests.chaos.scenarios.poison import poison
from tests.chaos.scenarios.scenario import Scenario
from tests.chaos.scenarios.storms import everything, kills, wipes
from tests.chaos.scenarios.takeovers import takeovers
from tests.chaos.scenarios.updates import updates

SCENARIOS: dict[str, Scenario] = {
    "kills": kills,
    "wipes": wipes,
    "everything": everything,
    "crash-points": crash_points,
    "take-overs": takeovers,
    **SHOPS,
    "poison": poison,
    "updates": updates,
}
