"""`python -m warehouse_hub.cli`, for processes that start one another."""

from __future__ import annotations

from warehouse_hub.cli import main

main(prog_name="warehouse-hub")
