"""The protocol, by its official SDK: over stdio, and over HTTP on the served app.

Over HTTP it is stateless: each request carries all that it needs, so that any of several servers
can answer it (https://modelcontextprotocol.io/specification, "Streamable HTTP").
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

import anyio
from anyio.to_thread import run_sync
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp.types import Tool as ToolDescription
from starlette.types import Receive, Scope, Send

from qa.desk import Desk
from qa.http.body_limit import MAX_BODY
from qa.mcp.tools import INSTRUCTIONS, TOOLS, Result, Tool

log = logging.getLogger(__name__)

_BY_NAME = {tool.name: tool for tool in TOOLS}
# Asking leaves a line in the log of answers, and changes nothing that anyone could see here.
_HINTS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def serve_stdio(open_desk: Callable[[], Desk]) -> None:
    """Speaks the protocol on stdin and stdout until stdin ends.

    The archive takes seconds to open, which clients do not wait for before they give up: it is
    opened beside the greeting, and only a tool waits for it. What keeps it from opening is then
    the result of each call. Whatever is printed meanwhile goes to stderr, by the SDK.
    """
    anyio.run(_serve_stdio, open_desk)


async def _serve_stdio(open_desk: Callable[[], Desk]) -> None:
    async with stdio_server() as (read, write):
        with ThreadPoolExecutor(1) as opening:
            server = _server(opening.submit(open_desk).result)
            await server.run(read, write, server.create_initialization_options())


class HttpEndpoint:
    """An ASGI app that speaks the protocol, within the lifespan of the app that it is part of."""

    def __init__(self, desk: Desk) -> None:
        self._server = _server(lambda: desk)
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def lifespan(self, app: object) -> AsyncIterator[None]:
        """The lifespan to give that app."""
        # The SDK's manager runs once, but an app may be started again.
        self._manager = StreamableHTTPSessionManager(
            self._server, json_response=True, stateless=True, max_request_body_size=MAX_BODY
        )
        async with self._manager.run():
            yield
        self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._manager is None:
            raise RuntimeError("the app's lifespan has not been started, and MCP needs it")
        await self._manager.handle_request(scope, receive, send)


def _server(desk: Callable[[], Desk]) -> Server[Any]:
    async def list_tools(
        context: ServerRequestContext[Any], params: PaginatedRequestParams | None
    ) -> ListToolsResult:
        return ListToolsResult(tools=[_description(tool) for tool in TOOLS])

    async def call_tool(
        context: ServerRequestContext[Any], params: CallToolRequestParams
    ) -> CallToolResult:
        tool = _BY_NAME.get(params.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, f"There is no tool of this name; {_names()}.")
        return _result(await run_sync(_called, tool, desk, params.arguments or {}))

    return Server(
        "citedesk",
        title="citedesk",
        version=version("citedesk"),
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _called(tool: Tool, desk: Callable[[], Desk], arguments: Mapping[str, Any]) -> Result:
    try:
        return tool.call(desk, arguments)
    # The border of the protocol, as the app's handler is that of HTTP: the traceback goes to the
    # log, and the model is told in a line.
    except Exception:
        log.exception("tool %s failed", tool.name)
        return Result((f"{tool.name} failed; the reason is in citedesk's log.",), failed=True)


def _names() -> str:
    return f"expected one of {', '.join(_BY_NAME)}"


def _description(tool: Tool) -> ToolDescription:
    return ToolDescription(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.takes.model_json_schema(),
        output_schema=tool.gives.model_json_schema(mode="serialization"),
        annotations=_HINTS,
    )


def _result(result: Result) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(type="text", text=paragraph) for paragraph in result.paragraphs],
        structured_content=None if result.failed else dict(result.data),
        is_error=result.failed,
    )
