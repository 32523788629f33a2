"""Evaluations: how good the guardrails are on data that nobody here wrote. `frontdesk eval` and tests read them."""
