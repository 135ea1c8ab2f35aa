"""What is counted of the Zalo Official Account."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge


class OaMetrics:
    """Counters of one process. Labels never name a person."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self.webhooks = Counter(
            "motcua_zalo_webhooks", "Deliveries of Zalo by what became of them", ["result"], registry=registry
        )
        self.worked_off = Counter(
            "motcua_zalo_events", "Stored events by what became of them", ["result"], registry=registry
        )
        self.sends = Counter(
            "motcua_zalo_sends",
            "Messages to Zalo by outcome and quota",
            ["outcome", "quota"],
            registry=registry,
        )
        self.left = Gauge(
            "motcua_zalo_quota_left", "What Zalo says is left of a quota", ["quota"], registry=registry
        )

        self.templates = Counter(
            "motcua_zalo_templates",
            "Template messages by way and outcome",
            ["way", "outcome"],
            registry=registry,
        )
        self.template_dong = Counter(
            "motcua_zalo_template_dong", "What accepted ones cost, as Zalo prices them", ["way"],
            registry=registry,
        )  # fmt: skip

    def worked(self, result: str) -> None:
        """What became of one event."""
        self.worked_off.labels(result).inc()

    def watch_token(self, trouble: Callable[[], float], good_for_s: Callable[[], float]) -> None:
        """From now on asks how the token is each time the metrics are told."""
        told = {
            "motcua_zalo_token_trouble": ("1: somebody has to look after the token", trouble),
            "motcua_zalo_token_good_seconds": ("How long the access token is still good", good_for_s),
        }
        for name, (meaning, ask) in told.items():
            Gauge(name, meaning, registry=self._registry).set_function(ask)

    def spent(self, quota: object) -> str:
        """The quota that a message was taken from, as its answer told; shows what is left of it."""
        if not isinstance(quota, dict):
            return ""
        if quota.get("remainingQuota") is not None:
            name, left = "templates today", quota["remainingQuota"]
        else:
            name, left = str(quota.get("quota_type", "")), quota.get("remain")
        if str(left).isdecimal() and name != "reply":  # that is one person's, not the account's
            self.left.labels(name).set(int(str(left)))
        return name
