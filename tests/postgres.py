"""The PostgreSQL server of one test run: a real one on a private socket, gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict

from warehouse_hub.operations.bench.postgres_server import private_postgres


class PrivatePostgres:
    """A running server; hands out empty databases that disappear after use."""

    def __init__(self, address: str) -> None:
        self._address = address

    @classmethod
    @contextmanager
    def started(cls) -> Iterator[PrivatePostgres]:
        with private_postgres({"max_connections": "60"}) as address:
            yield cls(address)

    @contextmanager
    def empty_database(self) -> Iterator[str]:
        name, server = f"hub_{uuid4().hex}", conninfo_to_dict(self._address)
        self._run(f'CREATE DATABASE "{name}"')
        try:
            yield f"postgresql+psycopg://{server['user']}@/{name}?host={server['host']}"
        finally:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(statement)
