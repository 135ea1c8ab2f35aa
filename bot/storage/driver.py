"""Statements in the driver's own words, for the few that are run past SQLAlchemy because they are many."""

from typing import Any

from sqlalchemy import ClauseElement, Dialect

STYLES = {"sqlite": "qmark"}  # as the driver marks a value's place; psycopg: "format"


def sql(statement: ClauseElement, dialect: Dialect) -> str:
    """The statement as text; its values are given by position, in the order in which they stand in it."""
    in_style: Any = type(dialect)
    compiled = statement.compile(dialect=in_style(paramstyle=STYLES.get(dialect.name, "format")))
    return str(compiled)
