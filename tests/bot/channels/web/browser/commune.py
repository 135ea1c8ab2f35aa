"""A page of the commune on another site than the chat, both over TLS: a frame's cookie wants it."""

import ssl
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from tempfile import NamedTemporaryFile

from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PAGE = (
    '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Phường</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
    '<body style="font-family:sans-serif;background:#fff"><main><h1>Phường Tiến Thành</h1>'
    '<p>Tin tức, thông báo, thủ tục hành chính.</p><p><a id="link" href="#">Lịch tiếp dân</a></p></main>'
    '<script src="%s/widget.js" async></script></body></html>'
)


def certificate():
    """Of nobody: a browser is told to take it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    begins = datetime.now(UTC) - timedelta(days=1)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    lasts = made.not_valid_before(begins).not_valid_after(begins + timedelta(days=2))
    signed = lasts.sign(key, hashes.SHA256())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with NamedTemporaryFile() as file:
        file.write(signed.public_bytes(serialization.Encoding.PEM))
        plain = serialization.NoEncryption()
        file.write(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, plain
            )
        )
        file.flush()
        context.load_cert_chain(file.name)
    return context


@asynccontextmanager
async def encrypted(application, host):
    """A server of this application over TLS; its address."""
    server = TestServer(application, host=host)
    await server.start_server(ssl=certificate())
    yield str(server.make_url("/")).rstrip("/")
    await server.close()


@asynccontextmanager
async def commune(make_chat):
    """A page with the widget, on another site than the chat; `make_chat` is told its address."""
    at = {}

    async def show(_request):
        return web.Response(text=PAGE % at["chat"], content_type="text/html")

    around = web.Application()
    around.add_routes([web.get("/", show)])
    async with encrypted(around, "localhost") as site, encrypted(make_chat(site), "127.0.0.1") as at["chat"]:
        yield site
