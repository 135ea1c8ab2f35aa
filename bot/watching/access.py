"""The web server's log of requests: paths only, as a query string may hold what a person typed."""

from hashlib import sha256

from aiohttp.abc import AbstractAccessLogger
from aiohttp.web import BaseRequest, Request, StreamResponse


class AccessLog(AbstractAccessLogger):
    """For `AppRunner(access_log_class=...)`."""

    def log(self, request: BaseRequest, response: StreamResponse, time: float) -> None:
        """Writes one line; `time` in seconds."""
        fields = {
            "method": request.method,
            "path": _path(request),
            "status": response.status,
            "bytes": response.body_length,
            "ms": round(time * 1000, 1),
        }
        self.logger.info("request", extra=fields)


def _path(request: BaseRequest) -> str:
    """The pattern of a known route; of another path only a hash, as people type names and numbers there."""
    try:
        resource = request.match_info.route.resource if isinstance(request, Request) else None
    except AssertionError:  # aiohttp's, for a request that could not be read
        resource = None
    return resource.canonical if resource else f"?{sha256(request.path.encode()).hexdigest()[:12]}"
