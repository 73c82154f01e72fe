"""The page at /docs: the OpenAPI description, readable without a script or another host."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from qa.http.problems import KINDS, Kind
from qa.web import asset

_STYLE = """
body { background: var(--paper); color: var(--ink); font: 1rem/1.5 var(--sans) }
main { max-width: 48rem; margin: 2rem auto; padding: 0 1rem } a { color: inherit }
td, th { text-align: left; padding: .3rem 1rem .3rem 0; vertical-align: top }
h3 { margin: 2rem 0 0 } ul { margin-top: 0 } summary { cursor: pointer }
pre { overflow-x: auto; padding: .75rem; background: var(--wash); border-radius: .25rem }
:target { background: var(--marker); color: var(--on-marker) }
"""


def docs_page(openapi: dict[str, Any]) -> str:
    """Routes by their tags with their examples, then all kinds of problems."""
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>citedesk API</title>'
        f'<meta name="viewport" content="width=device-width"><style>'
        f"{asset('palette.css')}{_STYLE}</style><main>"
        f"<h1>citedesk API</h1><p>{escape(openapi['info']['description'])}</p>"
        f'<p>Fields and limits: <a href="openapi.json">openapi.json</a> (OpenAPI '
        f"{openapi['openapi']}), which any OpenAPI viewer opens. Clients of language models find "
        f"the same archive at <code>/mcp</code> (MCP, streamable HTTP).</p>"
        f"{''.join(_section(tag, openapi) for tag in openapi['tags'])}"
        f"<h2>Problems</h2><p>Errors are <code>application/problem+json</code> (RFC 9457); their "
        f"<code>type</code> points here.</p><table>{''.join(map(_problem_row, KINDS))}</table>"
        f"</main></html>"
    )


def _section(tag: Mapping[str, str], openapi: dict[str, Any]) -> str:
    operations = "".join(
        _operation(method, path, operation, openapi["components"]["schemas"])
        for path, methods in openapi["paths"].items()
        for method, operation in methods.items()
        if tag["name"] in operation["tags"]
    )
    return f"<h2>{escape(tag['name'])}</h2>{_prose(tag['description'])}{operations}"


def _operation(method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> str:
    responses = operation["responses"]
    answers = "".join(
        _example(f"Response {status}", _response(responses[status]))
        for status in responses
        if status.startswith("2")
    )
    problems = [status for status in sorted(responses) if not status.startswith("2")]
    told = "".join(_response(responses[status]) for status in problems)
    return (
        f'<h3 id="{operation["operationId"]}"><code>{method.upper()} {escape(path)}</code></h3>'
        f"{_prose(operation.get('description', ''))}{_request(operation, schemas)}{answers}"
        f"{_example('Problems ' + ', '.join(problems), told)}"
    )


def _request(operation: dict[str, Any], schemas: dict[str, Any]) -> str:
    if "requestBody" not in operation:
        return ""
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    body = schemas[schema["$ref"].rpartition("/")[2]]
    return _example("Request", "".join(map(_code, body["examples"])))


def _response(response: dict[str, Any]) -> str:
    examples = "".join(
        _code(example) for content in response["content"].values() for example in _of(content)
    )
    return _prose(response["description"]) + examples


def _of(content: dict[str, Any]) -> Iterator[Any]:
    if "example" in content:
        yield content["example"]
    yield from (example["value"] for example in content.get("examples", {}).values())


def _example(title: str, content: str) -> str:
    return f"<details><summary>{title}</summary>{content}</details>"


def _code(example: Any) -> str:
    text = (
        example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=2)
    )
    return f"<pre>{escape(text)}</pre>"


def _prose(text: str) -> str:
    """A paragraph, and a list of the lines that begin with a dash; code is between backticks."""
    first, *points = re.split(r"\n+- ", escape(text.strip()))
    listed = "".join(f"<li>{point}</li>" for point in points)
    html = f"<p>{first}</p>" + (f"<ul>{listed}</ul>" if listed else "")
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", html)


def _problem_row(kind: Kind) -> str:
    return (
        f'<tr id="{kind.name}"><th><code>{kind.name}</code></th>'
        f"<td>{kind.status}: {escape(kind.title)}</td></tr>"
    )
