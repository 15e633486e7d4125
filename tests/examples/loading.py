"""The example programs as modules: they stand in no package."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

EXAMPLES = Path(__file__).parents[2] / "examples"


def program(path: str) -> ModuleType:
    """An example by its path in the folder of examples."""
    file = EXAMPLES / path
    specification = importlib.util.spec_from_file_location(f"example_{file.stem}", file)
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module
