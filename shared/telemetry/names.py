"""Every name of a span, an attribute, a metric and a log key: one list.

OpenTelemetry semantic conventions where they exist (messaging and gen_ai: development status, read in November 2026),
`desk.*` for what is ours. Span names hold no ids; metric labels hold no ids.
"""

# Attributes of ours
CONVERSATION = "desk.conversation.id"
TURN = "desk.turn.id"
MESSAGE = "desk.message.id"  # the input's; a list where a turn merged several
STAGE = "desk.stage"
QUEUE_WAIT = "desk.queue.wait_ms"  # from stored in JetStream to the handler's start
OUTCOME = "desk.outcome"
SETTLED = "desk.settled"  # nak or dead-letter; none: ack
ACTION = "desk.action.id"
PARTS = "desk.context.tokens"  # tokens of the assembled context
FINDINGS = "desk.safety.found"  # types of personal data, never values
ERROR = "error.type"

# HTTP
HTTP_METHOD = "http.request.method"
HTTP_ROUTE = "http.route"
HTTP_STATUS = "http.response.status_code"
SERVER = "server.address"

# Messaging
SYSTEM = "messaging.system"
OPERATION = "messaging.operation.name"
DESTINATION = "messaging.destination.template"
MESSAGE_ID = "messaging.message.id"
CONSUMER = "messaging.consumer.group.name"
SEQUENCE = "messaging.nats.stream.sequence"
ATTEMPT = "messaging.nats.delivery.attempt"  # from the second on

# Generative AI
GENAI_OPERATION = "gen_ai.operation.name"
GENAI_PROVIDER = "gen_ai.provider.name"
GENAI_REQUEST_MODEL = "gen_ai.request.model"
GENAI_RESPONSE_MODEL = "gen_ai.response.model"
GENAI_CONVERSATION = "gen_ai.conversation.id"
GENAI_INPUT_TOKENS = "gen_ai.usage.input_tokens"
GENAI_OUTPUT_TOKENS = "gen_ai.usage.output_tokens"
GENAI_FINISH_REASONS = "gen_ai.response.finish_reasons"
GENAI_TOOL_NAME = "gen_ai.tool.name"
GENAI_TOOL_CALL = "gen_ai.tool.call.id"
GENAI_AGENT = "gen_ai.agent.name"
FIRST_CHUNK = "desk.model.first_chunk_ms"
COST = "desk.model.cost_usd"

# Spans inside a stage
SCREEN = "screen"
ASSEMBLE = "assemble"
CHAT = "chat"  # + the model's name, which is configuration
EXECUTE_TOOL = "execute_tool"  # + the tool's name, which is configuration
DELIVER = "deliver"
SETTLE = "settle"  # the write that ends a turn
ADMIT = "admit"
SWEEP = "sweep"

# Metrics, as Prometheus has them; counters end in _total. `deploy/prometheus/alerts.yaml` is about these
GUARD_FAILURES = "frontdesk_guard_failures_total"  # by stage and cause: error, or key, where one is missing
TURNS_SCREENED = "frontdesk_turns_screened_total"  # by outcome: passed, or the category that it was blocked for
REPLIES_REWRITTEN = "frontdesk_replies_rewritten_total"  # by what was taken out

# Log events that people search for and alarm on
GUARD_FAILED = "guard failed"
