"""A push service of our own on loopback, and browsers that subscribe to it."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import asynccontextmanager
from secrets import token_bytes

import http_ece
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def unpadded(content):
    return urlsafe_b64encode(content).decode().rstrip("=")


def decoded(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """Holds the keys with which alone a push is opened."""

    def __init__(self, endpoint="https://fcm.googleapis.com/fcm/send/an"):
        self.private, self.secret = ec.generate_private_key(ec.SECP256R1()), token_bytes(16)
        self.endpoint = endpoint

    @property
    def told(self):
        """What it tells the page."""
        public = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": unpadded(public), "auth": unpadded(self.secret)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def opened(self, body):
        """What was pushed, as RFC 8291 opens it."""
        return json.loads(http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret))


def claims(header, key):
    """What the sender says of itself, if that key has signed it: RFC 8292."""
    scheme, _, parameters = header.partition(" ")
    assert scheme == "vapid"
    given = dict(part.split("=", 1) for part in parameters.split(","))
    assert given["k"] == key
    content, _, signature = given["t"].rpartition(".")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(key))
    raw = decoded(signature)
    signed = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public.verify(signed, content.encode(), ec.ECDSA(SHA256()))
    return json.loads(decoded(content.split(".")[1]))


class Service:
    """Keeps what comes; answers as it is told."""

    def __init__(self):
        self.came, self.status, self.address = [], 201, ""

    async def take(self, request):
        self.came.append((request.headers.copy(), await request.read()))
        return web.Response(status=self.status, headers={"Location": "/elsewhere"})


@asynccontextmanager
async def running():
    """The service, on an address of this machine."""
    service, application = Service(), web.Application()
    application.add_routes([web.post("/{path:.*}", service.take)])
    async with TestServer(application) as server:
        service.address = str(server.make_url("/"))
        yield service
