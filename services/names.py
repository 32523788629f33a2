"""The six services, in the order of a turn."""

STAGES = ("ingress", "safety", "context", "agent", "actions", "egress")
