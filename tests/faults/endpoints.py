"""Ways in which a language model's server misbehaves, over a question and a good reply to it."""

from __future__ import annotations

import json
from itertools import repeat

from tests.qa.model_server import Handle, Handler, chunk, completion, event

QUESTION = "How much must Library Genesis pay to the publishers?"
COURT = "A court has ordered Library Genesis to pay 30 million dollars to four publishers."
REPLY = "Library Genesis has to pay 30 million dollars to publishers [1]."


def hang(handler: Handler) -> None:
    handler.server.released.wait(20)


def hang_up(handler: Handler) -> None:
    handler.close_connection = True
    handler.connection.close()


#: What an endpoint replies that does not stream.
WHOLE = json.dumps({"choices": [{"message": {"role": "assistant", "content": REPLY}}]})
TOOL_CALL = {"index": 0, "id": "1", "function": {"name": "search", "arguments": "{}"}}
BROKEN = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: \xff\xfe\n\n"


def send_broken_characters(handler: Handler) -> None:
    handler.wfile.write(BROKEN)


MISBEHAVIOUR: list[tuple[str, Handle]] = [
    ("400", lambda handler: handler.reply(400, '{"error": {"message": "context too long"}}')),
    ("401", lambda handler: handler.reply(401, '{"error": {"message": "bad key"}}')),
    ("404", lambda handler: handler.reply(404, '{"error": {"message": "no such model"}}')),
    ("429", lambda handler: handler.reply(429, "{}")),
    ("429-in-a-minute", lambda handler: handler.reply(429, "{}", Retry_After="60")),
    ("500", lambda handler: handler.reply(500, '{"error": {"message": "boom"}}')),
    ("503-in-html", lambda handler: handler.reply(503, "<h1>Gateway</h1>", "text/html")),
    ("hangs", hang),
    ("hangs-up", hang_up),
    (
        "redirects-in-a-circle",
        lambda handler: handler.reply(307, "", Location="/v1/chat/completions"),
    ),
    ("not-json", lambda handler: handler.reply(200, "]]rubbish{{")),
    ("html", lambda handler: handler.reply(200, "<h1>Welcome</h1>", "text/html")),
    ("nothing", lambda handler: handler.reply(200, "")),
    ("null", lambda handler: handler.reply(200, "null")),
    ("a-list", lambda handler: handler.reply(200, "[1, 2]")),
    ("a-number", lambda handler: handler.reply(200, "3")),
    ("no-choices", lambda handler: handler.reply(200, "{}")),
    ("empty-choices", lambda handler: handler.reply(200, '{"choices": []}')),
    ("no-message", lambda handler: handler.reply(200, '{"choices": [{}]}')),
    ("choices-of-text", lambda handler: handler.reply(200, '{"choices": "none"}')),
    ("whole-json-though-a-stream-was-asked-for", lambda handler: handler.reply(200, WHOLE)),
    ("no-content", lambda handler: handler.stream([chunk(None), event("[DONE]")])),
    ("empty-content", lambda handler: handler.stream([chunk(""), event("[DONE]")])),
    ("no-event", lambda handler: handler.stream([])),
    ("comments-only", lambda handler: handler.stream([": ping\n\n"] * 3)),
    ("content-of-another-kind", lambda handler: handler.stream([chunk(None, content={"a": 1})])),
    ("unknown-role", lambda handler: handler.stream([chunk("x", role="wizard")])),
    ("half-a-character", lambda handler: handler.stream(completion("caf\udce9 [1]"))),
    ("event-without-json", lambda handler: handler.stream([event("]]rubbish{{")])),
    ("event-of-null", lambda handler: handler.stream([event("null")])),
    ("event-with-an-error", lambda handler: handler.stream([event({"error": {"message": "x"}})])),
    ("broken-characters", send_broken_characters),
    ("calls-a-tool", lambda handler: handler.stream([chunk(None, tool_calls=[TOOL_CALL])])),
    ("cut-off-in-a-word", lambda handler: handler.stream(completion(REPLY[:30])[:-1])),
    ("drips", lambda handler: handler.stream(repeat(chunk("and "), 100), pause=0.2)),
    ("drips-comments", lambda handler: handler.stream(repeat(": ping\n\n", 100), pause=0.2)),
    ("a-body-without-an-end", lambda handler: handler.stream(repeat("x" * 65_536))),
    ("never-ends", lambda handler: handler.stream(repeat(chunk("and so on ")))),
]
