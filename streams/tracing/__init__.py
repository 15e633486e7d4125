"""Traces from article to alert with OpenTelemetry. Off unless an endpoint is set; nothing of it is imported then."""
