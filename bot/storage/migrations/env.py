"""Runs migrations on the connection that bot.migrate hands over, in that connection's transaction."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("schema"),  # only a new migration is compared with it
    transactional_ddl=True,  # SQLite too, as our transactions begin with BEGIN: all steps or none
)
with context.begin_transaction():
    context.run_migrations()
