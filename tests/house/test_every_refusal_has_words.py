"""No person ever reads a bare code: whatever the code refuses with has words in both languages."""

from __future__ import annotations

import ast
from pathlib import Path

import warehouse_hub
from warehouse_hub.vocabulary.refusals import known_codes, refusal_text

PACKAGE = Path(warehouse_hub.__file__).parent
REFUSALS = {
    "HubError",
    "NotFound",
    "Forbidden",
    "RuleViolation",
    "Conflict",
    "InvalidInput",
    "Problem",
    "IncomparableQuantities",
}


def raised() -> dict[str, str]:
    """Every literal code handed to a refusal, with the module that does."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            literals = [argument for argument in node.args[:1] if isinstance(argument, ast.Constant)]
            if node.func.id in REFUSALS and literals and isinstance(literals[0].value, str):
                found[literals[0].value] = str(path.relative_to(PACKAGE))
    return found


def test_every_code_that_is_raised_has_words():
    missing = {code: where for code, where in raised().items() if code not in known_codes()}
    assert not missing


def test_every_fact_that_a_sentence_asks_for_is_given_with_the_code():
    blank = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if _is_refusal_with_plain_facts(node) and node.args[0].value in known_codes():
                code = node.args[0].value
                missing = _asked_for(code) - {word.arg for word in node.keywords}
                if missing:
                    blank.append((str(path.relative_to(PACKAGE)), code, sorted(missing)))
    assert blank == []


def _is_refusal_with_plain_facts(node: ast.AST) -> bool:
    """A whole refusal in one call; the facts of a Problem, and those of quantities, are put in elsewhere."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in REFUSALS - {"Problem"}
        and bool(node.args)
        and isinstance(node.args[0], ast.Constant)
        and not str(node.args[0].value).startswith(("quantity.", "unit."))
        and all(word.arg for word in node.keywords)
    )


def _asked_for(code: str) -> set[str]:
    class Noting(dict[str, str]):
        def get(self, name: str, default: object = None) -> str:  # type: ignore[override]
            self[name] = ""
            return ""

    noting = Noting()
    for language in ("zh", "en"):
        refusal_text(code, noting, language)
    return set(noting)


def test_a_sentence_is_filled_in_and_never_looks_into_a_fact():
    told = refusal_text("month.unreadable", {"text": "{0.__class__}"}, "zh")
    assert "{0.__class__}" in told
    assert "2026-11" in told
