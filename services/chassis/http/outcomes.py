"""How requests to outside offices end, as counted on /metrics."""

from services.chassis.core import metrics

REQUESTS = metrics.counter(
    "xiangzhi_provider_requests_total",
    "requests to an outside office; provider is payment, sms, sms_fallback, register, wechat, clamd or webhook; outcome is ok or failed",
    "provider",
    "outcome",
)


def count(provider: str, ok: bool) -> None:
    """Count one request, whoever tried how often to bring it there."""
    REQUESTS.labels(provider, "ok" if ok else "failed").inc()
