"""Each table has one owner, the only module that writes it; see `OWNERS`."""

import re
from collections import defaultdict

from sqlmodel import SQLModel

from bot.storage.schema.tables import SCHEMA
from tests import ROOT

OWNERS = {
    "apology": {"bot/dossiers/apologies.py"},
    "consent": {"bot/notices/consents.py"},
    "conversation": {"bot/storage/conversations.py"},
    "dossier": {"bot/dossiers/store.py"},
    "draft": {"bot/storage/drafts.py"},
    "follow": {"bot/notices/follows.py"},
    "handled": {"bot/storage/conversations.py"},
    "last_change": {"bot/desk/changes.py"},
    "lost_follow": {"bot/notices/lost_follows.py"},
    "licence": {"bot/notices/expiry_store.py"},
    # one package: what is claimed, settled and swept is text of its own
    "notice": {
        f"bot/outbox/{name}.py"
        for name in ("store", "taking_back", "gathering", "ledger", "claim", "settle", "sweep")
    },
    "pace": {"bot/outbox/pace.py"},
    "phone_follow": {"bot/notices/phone_follows.py"},
    "person_link": {"bot/notices/links.py"},
    "link_code": {"bot/people/codes.py"},
    "short_link": {"bot/people/short_links.py"},
    "question": {"bot/storage/questions.py"},
    "recipient": {"bot/notices/recipients.py"},
    "seal_key": {"bot/storage/keyring.py"},
    "trace": {"bot/watching/trace.py"},
    "sync_key": {"bot/one_stop/keys.py"},
    "telegram_update": {"bot/channels/telegram/incoming/kept.py"},
    "web_inbox": {"bot/channels/web/stored.py"},
    "push_subscription": {"bot/channels/web/push/subscriptions.py"},
    "web_session": {"bot/channels/web/sessions/table.py"},
    "desk_word": {"bot/dossiers/tables/words.py"},
    "take_in": {"bot/dossiers/take_in/take_ins.py"},
    "take_in_part": {"bot/dossiers/take_in/take_ins.py"},
    "lease": {"bot/storage/leases.py"},
    "zalobot_send": {"bot/channels/zalo/platform/usage.py"},
    "poll": {"bot/one_stop/polls.py"},
    "receipt_link": {"bot/notices/receipt_links.py"},
    "guess": {"bot/dossiers/guesses.py"},
    "zalo_event": {"bot/channels/zalo/kept/store.py"},
    "zalo_note": {"bot/channels/zalo/oa/notes.py"},
    "zalo_pause": {"bot/channels/zalo/oa/pauses.py"},
    "zalo_token": {"bot/channels/zalo/tokens/table.py"},
}
CLASSES = {mapper.class_.__name__: str(mapper.local_table) for mapper in SQLModel._sa_registry.mappers}
WRITTEN = re.compile(
    r"(?:INSERT INTO|UPDATE|DELETE FROM) (?P<table>\w+)"
    r"|\b(?:insert|update|delete|insert_new|upsert)\((?:connection, )?(?:tables\.)?(?P<name>[A-Z]\w+)"
)
NAMED = re.compile(r'^([A-Z]\w+) = SCHEMA\.tables\["(\w+)"\]', re.MULTILINE)


def written():
    """Table -> the modules that write it."""
    found = defaultdict(set)
    for path in (ROOT / "bot").rglob("*.py"):
        if "migrations" in path.parts:  # they bring over what the owner then finds
            continue
        source = path.read_text(encoding="utf-8")
        names = CLASSES | {name: table for name, table in NAMED.findall(source)}
        for match in WRITTEN.finditer(source):
            found[match["table"] or names.get(match["name"], "")].add(str(path.relative_to(ROOT)))
    return {table: modules for table, modules in found.items() if table in SCHEMA.tables}


def test_every_table_has_an_owner():
    assert set(OWNERS) == set(SCHEMA.tables)


def test_nobody_else_writes_a_table():
    strangers = {table: modules - OWNERS[table] for table, modules in written().items()}
    assert {table: modules for table, modules in strangers.items() if modules} == {}


def test_every_owner_is_there():
    assert {
        module for modules in OWNERS.values() for module in modules if not (ROOT / module).is_file()
    } == set()
