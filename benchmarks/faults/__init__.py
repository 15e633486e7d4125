"""Faults on a running pipeline: killed, stopped and starved workers and brokers, cut networks, moved leaders."""
