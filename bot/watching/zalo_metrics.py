"""What is counted of the Zalo Official Account."""

from prometheus_client import CollectorRegistry, Counter


class OaMetrics:
    """Counters of one process. Labels never name a person."""

    def __init__(self, registry: CollectorRegistry) -> None:
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
