"""An engine by its name; a library is imported only where it is asked for."""

from __future__ import annotations

from importlib import import_module

from benchmarks.window.engines.base import Engine
from benchmarks.window.engines.wirespin_index import Wirespin
from benchmarks.window.settings import Setting

ADAPTERS = {
    "datasketch": ("benchmarks.window.engines.datasketch_lsh", "Datasketch"),
    "rensa": ("benchmarks.window.engines.rensa_lsh", "Rensa"),
    "gaoya": ("benchmarks.window.engines.gaoya_lsh", "Gaoya"),
}


def make(setting: Setting, articles: int) -> Engine:
    """An empty engine that will be given so many articles.

    Raises:
        KeyError: there is no such engine.
        ModuleNotFoundError: its library is not installed.
    """
    if setting.banding is None:
        return Wirespin(articles)
    module, name = ADAPTERS[setting.engine]
    engine: Engine = getattr(import_module(module), name)(setting.banding)
    return engine
