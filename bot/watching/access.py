"""The web server's log of requests: paths only, as a query string may hold what a person typed."""

from aiohttp.abc import AbstractAccessLogger
from aiohttp.web import BaseRequest, Request, StreamResponse


class AccessLog(AbstractAccessLogger):
    """For `AppRunner(access_log_class=...)`. A known route is logged as its pattern."""

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
    resource = request.match_info.route.resource if isinstance(request, Request) else None
    return resource.canonical if resource else request.path[:100]
