"""The reference of all settings, made from the settings: docs/configuration.md.

python -m qa.settings_reference > docs/configuration.md
"""

from __future__ import annotations

import sys
from dataclasses import Field, fields
from typing import Any

from qa.settings import Settings

#: Every setting under what it is about; the order is that of the page.
TOPICS: dict[str, tuple[str, ...]] = {
    "The archive": ("home", "chroma_url", "cache", "ray_address"),
    "The Chroma server": (
        "chroma_token",
        "chroma_token_header",
        "chroma_tenant",
        "chroma_database",
    ),
    "Finding": ("embedding_model", "reranker", "glossary"),
    "Writing": ("llm_provider", "llm_url", "llm_model", "llm_key", "llm_timeout", "nli"),
    "Access": (
        "access",
        "access_home",
        "origins",
        "hosts",
        "rate",
        "proxy_user_header",
        "trusted_proxies",
    ),
    "The page": ("evaluate", "upload"),
    "Load": ("at_once", "waiting"),
    "Records": ("audit", "log_format", "log_level", "log_questions"),
}

_HEAD = """\
# Configuration

Every setting is an environment variable, read once at the start; an empty one counts as unset. A
value that cannot be used ends the command with exit code 2, and one line that names the variable,
what was found and what was expected. This page is made from [qa/settings.py](../qa/settings.py):

```console
$ make reference
```
"""
_TABLE = "| variable | default | what it is |\n| --- | --- | --- |"
_OTHERS = """\
## Other variables

| variable | what it does |
| --- | --- |
| `CITEDESK_KEY` | the key that `citedesk eval --url` shows to a running server |
| `CITEDESK_BENCH_DATA` | folder of SQuAD-format files that `make bench` measures with |
| `XDG_CACHE_HOME` | folder that the cache of vectors is in where `CITEDESK_CACHE` is unset |
| `OTEL_EXPORTER_OTLP_ENDPOINT` | collector that traces are sent to; without it, none are |
| `OTEL_EXPORTER_OTLP_PROTOCOL` | `http/protobuf` (the default) or `grpc` |
| `OTEL_SERVICE_NAME` | what the traces call this server, `citedesk` by default |
| `OTEL_SDK_DISABLED` | `true` sends no traces whatever else is set |
"""


def reference() -> str:
    """The page, as Markdown.

    Raises:
        KeyError: a topic names a setting that there is not.
    """
    settings = {setting.name: setting for setting in fields(Settings)}
    sections = [_HEAD]
    for topic, names in TOPICS.items():
        rows = "\n".join(_row(settings[name]) for name in names)
        sections.append(f"## {topic}\n\n{_TABLE}\n{rows}\n")
    return "\n".join([*sections, _OTHERS])


def _row(setting: Field[Any]) -> str:
    default = "" if setting.default in (None, ()) else f"`{setting.default}` "
    return f"| `{setting.metadata['variable']}` | {default}| {setting.metadata['help']} |"


if __name__ == "__main__":
    sys.stdout.write(reference())
