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


def test_a_sentence_is_filled_in_and_never_looks_into_a_fact():
    told = refusal_text("month.unreadable", {"text": "{0.__class__}"}, "zh")
    assert "{0.__class__}" in told
    assert "2026-11" in told
