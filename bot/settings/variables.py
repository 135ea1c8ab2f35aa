"""What can be set: one row a variable of the environment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import values as parse
from bot.settings.values import LEVELS

FILE = "MOTCUA_SETTINGS"


@dataclass(frozen=True)
class Variable:
    """A row of the settings table: one variable of the environment."""

    name: str
    default: str  # as told in the README
    unit: str
    meaning: str
    parse: Callable[[str], object] = field(repr=False)
    secret: bool = False  # its value is never shown
    may_be_empty: bool = False  # an empty value is one, and not the default

    @property
    def attribute(self) -> str:
        """Its name in Settings."""
        return self.name.removeprefix("MOTCUA_").lower()


TABLE = (
    Variable("TELEGRAM_BOT_TOKEN", "none", "", "starts the Telegram channel", parse.token, secret=True),
    Variable("TELEGRAM_API_URL", "https://api.telegram.org/bot", "URL",
             "another Bot API server, as `http://127.0.0.1:9000/bot`", parse.url),
    Variable("TELEGRAM_WEBHOOK_SECRET", "derived from the secret key", "1-256 of A-Z a-z 0-9 _ -",
             "what Telegram must send with each webhook call", parse.webhook_secret, secret=True),
    Variable("ZALO_APP_ID", "none", "digits",
             "the app of the Official Account; with the three below it starts Zalo", parse.digits),
    Variable("ZALO_APP_SECRET", "none", "", "the app's secret, with which tokens are asked for", parse.secret,
             secret=True),
    Variable("ZALO_OA_ID", "none", "digits", "the Official Account's number", parse.digits),
    Variable("ZALO_OA_SECRET", "none", "",
             "the OA secret key, with which Zalo signs webhooks; not the app's secret", parse.secret,
             secret=True),
    Variable("ZALO_SIGNS_WITH_OA_ID", "no", "yes or no",
             "takes webhooks too whose signature begins with the OA's number in place of the app's",
             parse.yes_or_no),
    Variable("ZALO_CALLS_A_MINUTE", "60", "calls",
             "how many calls of the Official Account API a process makes; packages allow 100 or 2,000",
             parse.between(1, 2000)),
    Variable("ZALO_API_URL", "https://openapi.zalo.me", "URL", "another server of the Official Account API",
             parse.url),
    Variable("ZALO_OAUTH_URL", "https://oauth.zaloapp.com", "URL", "another server of its tokens",
             parse.url),
    Variable("ZALO_TEMPLATE_URL", "https://business.openapi.zalo.me", "URL",
             "another server of its template messages", parse.url),
    Variable("ZALO_TEMPLATES", "none", "file",
             "which template message tells which notice, as docs/channels.md says", parse.file),
    Variable("ZALO_DOMAIN_PROOF", "none", "file",
             "what Zalo gives to prove that the domain is ours, `zalo_verifier….html`; served under its name",
             parse.proof),
    Variable("ZALO_BOT_TOKEN", "none", "", "starts a bot of the Zalo Bot Platform", parse.secret,
             secret=True),
    Variable("ZALO_BOT_API_URL", "https://bot-api.zaloplatforms.com", "URL",
             "another server of that platform", parse.url),
    Variable("ZALO_BOT_SECRET", "derived from the secret key", "8-256 of A-Z a-z 0-9 _ -",
             "what the Bot Platform must send with each webhook call", parse.long_webhook_secret,
             secret=True),
    Variable("PUBLIC_URL", "none", "https URL",
             "where citizens reach this server; Telegram then uses a webhook", parse.public_url),
    Variable("MOTCUA_WIDGET_ORIGINS", "none", "sites, commas between",
             "pages that may show the chat in a frame, as `https://tienthanh.example.vn`", parse.origins),
    Variable("DATABASE_URL", "sqlite:///data/motcua.db", "URL",
             "`sqlite:///file` or `postgresql://user:password@host/database`", parse.database_url,
             secret=True),
    Variable("MOTCUA_SECRET_KEY", "made once in data/secret.key", "32 characters or more",
             "signs cookies and hashes addresses; the same on every host of one database", parse.key,
             secret=True),
    Variable("MOTCUA_OLD_KEYS", "none", "32 characters or more each, commas between",
             "keys that `motcua keys rotate` has not ended yet", parse.secret_keys, secret=True),
    Variable("MOTCUA_RETENTION_DAYS", "180", "days", "a conversation silent for so long is deleted",
             parse.between(1, 3650)),
    Variable("MOTCUA_SYNC_KEYS", "none", "32 characters or more each, commas between",
             "with these one-stop software may push dossiers, beside `motcua keys add`", parse.keys,
             secret=True),
    Variable("MOTCUA_PULL_URL", "none", "URL",
             "the one-stop system's look-up, as `https://host/mapi`; the four of them or none", parse.url),
    Variable("MOTCUA_PULL_USER", "none", "", "its account", str),
    Variable("MOTCUA_PULL_PASSWORD", "none", "", "its password", str, secret=True),
    Variable("MOTCUA_PULL_UNIT", "none", "", "the unit's code (madonvi), as `000.00.00.H15`", str),
    Variable("MOTCUA_POLL_MINUTES", "15", "minutes",
             "so often it is asked about each followed dossier, in working hours; 0: never, and followers "
             "are told that", parse.between(0, 1440)),
    Variable("MOTCUA_UNLIMITED", "none", "networks, commas between",
             "whose requests no limit counts, for checks on the own machine, as `127.0.0.0/8`",
             parse.networks),
    Variable("MOTCUA_TRUSTED_PROXIES", "127.0.0.0/8, ::1", "networks, commas between",
             "of the proxies before this server, whose `X-Forwarded-For` says where a citizen's request came "
             "from", parse.networks),
    Variable("MOTCUA_OPEN_STATE", "no", "yes or no",
             "a dossier's code alone shows procedure and state; the rest after the second fact",
             parse.yes_or_no),
    Variable("MOTCUA_QUIET_HOURS", "21:00-07:00", "hours, office time",
             "notices wait until they are over; seven from Monday on where days differ; empty: none",
             parse.quiet_hours, may_be_empty=True),
    Variable("MOTCUA_VOICE_MODEL", "none", "folder",
             "a Whisper model in CTranslate2 format, for `motcua[voice]`: voice messages become text",
             parse.folder),
    Variable("MOTCUA_CLERK", "the login", "",
             "who runs commands, as the trace of what was opened names it", str),
    Variable("MOTCUA_LOG_LEVEL", "info", ", ".join(LEVELS), "how much is logged", parse.level),
    Variable("MOTCUA_DATA_DIR", "data", "folder", "where database and key are, for every command", Path),
    Variable("MOTCUA_OFFICE", "the one that ships", "file", "an office.toml of your own", parse.file),
    Variable(FILE, "none", "file", "more of these settings, NAME=value lines, as `/etc/motcua.env`",
             parse.file),
    Variable("MOTCUA_LISTEN", "127.0.0.1", "IP address",
             "where the web server listens; `0.0.0.0` or `::` opens it to others without a proxy",
             parse.address),
    Variable("PORT", "8080", "TCP port", "where the web server listens; 0: any free one",
             parse.between(0, 65535)),
)  # fmt: skip
"""What can be set. The README's table is compared with it."""

ATTRIBUTES = {variable.name: variable.attribute for variable in TABLE}
TOGETHER = (
    (
        tuple(name for name in ATTRIBUTES if name.startswith("MOTCUA_PULL_")),
        "pulling needs all of MOTCUA_PULL_*",
    ),
    (
        ("ZALO_APP_ID", "ZALO_APP_SECRET", "ZALO_OA_ID", "ZALO_OA_SECRET"),
        "the Official Account needs all four",
    ),
)
