"""Events over NATS JetStream: a stage's handlers in, a running consumer out; and publishing for those without a cause."""

from shared.messaging.connection import connected
from shared.messaging.limits import Limits
from shared.messaging.middleware import Middleware, StageMiddleware, Verdict
from shared.messaging.publisher import Publisher
from shared.messaging.settings import BusSettings
from shared.messaging.signature import Handler, signature
from shared.messaging.stage import StageBroker, stage
from shared.messaging.topology import Topology, live_subject, subject_of, topology

__all__ = [
    "BusSettings",
    "Handler",
    "Limits",
    "Middleware",
    "Publisher",
    "StageBroker",
    "StageMiddleware",
    "Topology",
    "Verdict",
    "connected",
    "live_subject",
    "signature",
    "stage",
    "subject_of",
    "topology",
]
