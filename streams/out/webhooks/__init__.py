"""Webhooks: alerts as requests to other people's servers, signed, retried, each hook at its own pace."""
