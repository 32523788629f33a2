"""All commands. What a command needs is imported when it runs, so that `--help` is quick."""

from pathlib import Path
from typing import Annotated

import typer

from services.cli import dlq, evaluate, kb, migrate

DATA = Annotated[Path, typer.Option("--data", envvar="FRONTDESK_DATA", help="Folder of the development environment.")]
JSON = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]

app = typer.Typer(
    help="Frontdesk: customer support that loses nothing, answers once and can be followed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(migrate.app, name="migrate")
app.add_typer(dlq.app, name="dlq")
app.add_typer(kb.app, name="kb")
app.add_typer(evaluate.app, name="eval")


@app.command()
def dev(
    port: Annotated[int, typer.Option(help="Port of API and page on 127.0.0.1; 0: any free one.")] = 8080,
    data: DATA = Path(".frontdesk"),
    processes: Annotated[bool, typer.Option("--processes", help="One process for each service, behind one door.")] = False,
    records: Annotated[str, typer.Option(help="URL of the records; default: SQLite in the data folder.")] = "",
    ask: Annotated[str, typer.Option(help="Ask this first, and show the answer and its trace.")] = "",
) -> None:
    """Start everything on this machine: broker, demo shop, model, traces, six services. Serves until Ctrl-C."""
    from services.cli.serve import serve
    from services.dev.launch import Options

    serve(Options(data=data, port=port, processes=processes, records=records), ask)


@app.command()
def run(
    stage: Annotated[str, typer.Argument(help="ingress, safety, context, agent, actions, egress, or all.")],
    migrate: Annotated[bool, typer.Option("--migrate", help="First do what `migrate apply` does.")] = False,
) -> None:
    """Run one service, as a container does. Its settings come from the environment."""
    import uvloop

    from services import compose

    uvloop.run(compose.run(compose.stages_named(stage), migrate=migrate))


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="What the customer says.")],
    as_json: JSON = False,
    data: DATA = Path(".frontdesk"),
    conversation: Annotated[str, typer.Option(help="Go on in this conversation.")] = "",
    timeout: Annotated[float, typer.Option(help="Seconds to wait for the answer.")] = 60.0,
) -> None:
    """Ask as the demo customer and print the answer."""
    from services.cli.talk import ask as asked

    asked(text, data, as_json=as_json, conversation=conversation, timeout=timeout)


@app.command()
def chat(data: DATA = Path(".frontdesk")) -> None:
    """Talk as the demo customer in the terminal; answers stream, confirmations are asked."""
    from services.cli.talk import chat as talk

    talk(data)


@app.command()
def trace(
    id: Annotated[str, typer.Argument(help="A message, turn, action or trace id.")],
    as_json: JSON = False,
    data: DATA = Path(".frontdesk"),
    all_spans: Annotated[bool, typer.Option("--all", help="Also the spans of publishing.")] = False,
) -> None:
    """Print what happened to a message: one waterfall over all services, with attempts, tokens and errors."""
    from services.cli.trace import show

    show(id, data, as_json=as_json, all_spans=all_spans)


@app.command()
def bench(
    names: Annotated[list[str] | None, typer.Argument(help="Which benchmarks; default: all.")] = None,
    rounds: Annotated[int, typer.Option(min=1, help="Interleaved rounds.")] = 5,
    as_json: JSON = False,
    plot: Annotated[Path | None, typer.Option(help="Also draw the figures, into an SVG, PNG or PDF.")] = None,
) -> None:
    """Measure against references in the same interleaved run; prints ratios with their spread."""
    from bench.run import run as measured

    measured(names or [], rounds=rounds, as_json=as_json, plot=plot)


@app.command()
def screen(
    assistant: Annotated[
        Path | None,
        typer.Option(
            envvar="FRONTDESK_ASSISTANT", exists=True, help="Its order numbers are not masked, its country's phones are."
        ),
    ] = None,
) -> None:
    """Screen JSON lines {"text"} from stdin: masked text, spans, language, verdict and reasons, or an error, a line each."""
    from services.cli.screen import run as screened

    screened(assistant)


@app.command()
def erase(
    customer: Annotated[str, typer.Argument(help="The customer's id, as the host company's token names it.")],
    data: DATA = Path(".frontdesk"),
    as_json: JSON = False,
) -> None:
    """Erase a customer: key, vault, conversations, memories, messages. Prints what was removed; safe to repeat."""
    from services.cli.privacy import erase as erased

    erased(customer, data, as_json=as_json)


@app.command()
def export(
    customer: Annotated[str, typer.Argument(help="The customer's id.")],
    data: DATA = Path(".frontdesk"),
) -> None:
    """Print all that is kept of a customer, opened, as JSON."""
    from services.cli.privacy import export as exported

    exported(customer, data)


@app.command()
def retention(data: DATA = Path(".frontdesk"), as_json: JSON = False) -> None:
    """Delete what has been kept for its time (FRONTDESK_KEEP_*_DAYS), once; ingress does it every hour."""
    from services.cli.privacy import retention as kept

    kept(data, as_json=as_json)


@app.command()
def leakcheck(
    each: Annotated[int, typer.Option(min=1, help="Canaries of every kind.")] = 10,
    seed: Annotated[int, typer.Option(help="Of the canaries.")] = 1,
    plant: Annotated[bool, typer.Option("--plant", help="Put some where they must be found.")] = False,
    processes: Annotated[bool, typer.Option("--processes", help="One process for each service.")] = False,
    attach: Annotated[str, typer.Option(metavar="URL", help="Say them in the system that runs there, such as staging.")] = "",
    look_in: Annotated[list[Path], typer.Option(help="With --attach: a folder to look into, too, such as the logs'.")] = [],  # noqa: B006
    data: DATA = Path(".frontdesk"),
    as_json: JSON = False,
) -> None:
    """Send canaries of every kind through an environment of its own, over every door, and look for them in all that it keeps.

    With --attach: as one customer of a running system, over the doors for customers, and looked for in its streams and in
    that customer's records, by the settings in the environment; the customer is erased afterwards. It asks the model, runs
    tools and may call people, as messages do.

    Exit codes: 0 none was found, 1 some were, each with its place, 2 one that was planted was not found."""
    from services.cli.leakcheck import attached
    from services.cli.leakcheck import leakcheck as checked

    if attach and (plant or processes):
        raise typer.BadParameter("--plant and --processes are for an environment of its own")
    if attach:
        raise typer.Exit(attached(attach, data, look_in, each, seed, as_json=as_json))
    raise typer.Exit(checked(each, seed, plant=plant, processes=processes, as_json=as_json))


@app.command("rotate-keys")
def rotate_keys(data: DATA = Path(".frontdesk")) -> None:
    """Seal customers' keys with the first of FRONTDESK_SEAL_KEYS, so that older ones can be destroyed."""
    from services.cli.privacy import rotate

    rotate(data)


@app.command()
def schema() -> None:
    """Print the JSON Schema of assistant.yaml."""
    import json

    from shared.assistant import Assistant

    print(json.dumps(Assistant.model_json_schema(), indent=2))
