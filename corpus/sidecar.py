"""Sidecars: what an archivist notes beside a file that cannot be changed.

`story.pdf.meta.yaml` or `story.meta.yaml` beside `story.pdf` fills what the file does not state.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import yaml

from corpus.errors import Withdrawn
from corpus.readers.draft import FIELDS, pick_metadata

#: Values of `FIELDS`; empty where a file has no sidecar.
Sidecar = Mapping[str, str]

_ENDINGS = (".meta.yaml", ".meta.yml")
_KNOWN = frozenset(name for names in FIELDS.values() for name in names)


def is_sidecar(path: Path) -> bool:
    """Whether a file describes another one."""
    return path.name.endswith(_ENDINGS)


def described_names(sidecar: str) -> tuple[str, ...]:
    """The start of the names of files that a sidecar of this name can describe."""
    return tuple(sidecar[: -len(end)] for end in _ENDINGS if sidecar.endswith(end))


def load_sidecar(path: Path) -> Sidecar:
    """What the sidecar of an article states; the one with the file's whole name goes first.

    Raises:
        Withdrawn: the sidecar cannot be opened, is not a mapping in YAML, or states a field
            that no article has: a misspelt embargo must not pass in silence.
    """
    sidecar = _beside(path)
    if sidecar is None:
        return {}
    try:
        stated = yaml.load(sidecar.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise Withdrawn(path, f"its {sidecar.name} is not YAML ({reason})") from error
    if not isinstance(stated, Mapping):
        raise Withdrawn(
            path, f"its {sidecar.name} holds no fields; expected lines such as: publisher: NAME"
        )
    unknown = sorted(str(name) for name in stated if name not in _KNOWN)
    if unknown:
        raise Withdrawn(
            path,
            f"its {sidecar.name} states {unknown[0]!r}; expected fields of {', '.join(FIELDS)}",
        )
    return pick_metadata(stated, path)


def _beside(path: Path) -> Path | None:
    bases = dict.fromkeys((path.name, path.stem))
    names = (f"{base}{ending}" for base in bases for ending in _ENDINGS)
    found = (path.with_name(name) for name in names)
    # A name that is too long for a file is that of none; `Path.is_file` would raise.
    return next((sidecar for sidecar in found if os.path.isfile(sidecar)), None)
