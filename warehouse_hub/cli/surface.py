"""What all commands share: the installation they open, the actor they act as, how they answer and refuse."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, ParamSpec, TypeVar

import click
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from warehouse_hub.accounts.permissions import DATASETS, REAL, Actor
from warehouse_hub.accounts.service import actor_for
from warehouse_hub.core.errors import HubError, InvalidInput
from warehouse_hub.operations.parts import Hub, open_hub
from warehouse_hub.settings import Settings, SettingsError
from warehouse_hub.vocabulary.refusals import refusal_text

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

json_option = click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
dataset_option = click.option(
    "--dataset",
    type=click.Choice(DATASETS),
    default=REAL,
    show_default=True,
    help="Which records to work on.",
)
as_option = click.option("--as", "email", metavar="EMAIL", required=True, help="The account that acts.")


def refusing(command: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Turn a refusal into one clear line on stderr and exit status 1; a list of problems follows it, a line each."""

    @functools.wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except HubError as error:
            refuse(error)
        except SettingsError as error:
            fail(str(error))
        except OperationalError as error:
            fail(f"database: {str(error.orig).splitlines()[0]}")
        except BrokenPipeError:
            # The reader of a pipe went away; there is nobody left to tell.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)

    return run


def refuse(error: HubError) -> NoReturn:
    """Word a refusal in the language of the terminal and exit with status 1."""
    lines = [refusal_text(error.code, error.facts, language())]
    if isinstance(error, InvalidInput):
        lines += [
            problem_line(problem.row, problem.column, problem.code, problem.facts)
            for problem in error.problems
        ]
    fail("\n".join(lines))


def problem_line(row: int | None, column: str | None, code: str, facts: Any) -> str:
    """One problem of an input as a line: where it stands, then what is wrong."""
    at_row = refusal_text("import.at_row", {"row": row}, language()) if row else ""
    where = " ".join(part for part in (at_row, column or "") if part)
    return (
        f"  {where}: {refusal_text(code, facts, language())}"
        if where
        else f"  {refusal_text(code, facts, language())}"
    )


def fail(line: str) -> NoReturn:
    click.echo(line, err=True)
    sys.exit(1)


def language() -> str:
    """The language of the terminal: Chinese first, English where LANG asks for it."""
    told = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "en" if told.startswith("en") else "zh"


def answer(document: Any) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))


@contextmanager
def opened() -> Iterator[Hub]:
    """The installation that the environment names, closed afterwards."""
    hub = open_hub(Settings.from_environment())
    try:
        yield hub
    finally:
        hub.database.dispose()


def acting(session: Session, email: str) -> Actor:
    """The account that `--as` names."""
    return actor_for(session, email)
