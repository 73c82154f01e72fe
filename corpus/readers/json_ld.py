"""What a page states about its article in JSON-LD, in the words of schema.org."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any

from corpus.characters import clean_line

logger = logging.getLogger(__name__)

#: One node of the graph: an article, a person, a page.
Node = Mapping[str, Any]

# Scripts of older templates still hide from browsers that knew no scripts.
_WRAPPER = re.compile(
    r"\A\s*+(?:<!--|(?://\s*+)?<!\[CDATA\[)|(?:-->|(?://\s*+)?\]\]>)\s*+;?+\s*+\Z"
)
_OTHER_ARTICLES = frozenset(("BlogPosting", "LiveBlogPosting", "Report"))
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
_BLOCK_END = re.compile(r"<(?:br\b[^<>]*|/(?:p|div|li|h[1-6]|blockquote))>", re.IGNORECASE)


def load_graph(scripts: Iterable[str], path: Path) -> list[Node]:
    """The nodes of all scripts in order; a script that is not JSON is logged and left out."""
    nodes: list[Node] = []
    for number, script in enumerate(scripts, start=1):
        try:
            # Not strict: texts with bare line breaks are common.
            stated = json.loads(_WRAPPER.sub("", script), strict=False)
        except (ValueError, RecursionError) as error:  # ValueError: 5,000 digits, too
            reason = " ".join(str(error).split())
            logger.warning("%s: JSON-LD script %d is not JSON (%s); left out", path, number, reason)
            continue
        nodes += _nodes(stated)
    return nodes


def _nodes(stated: object) -> Iterator[Node]:
    """Nodes that stand for the page. Lists of teasers, which are nested deeper, do not."""
    for item in stated if isinstance(stated, list) else [stated]:
        if isinstance(item, Mapping):
            yield item
            graph = item.get("@graph")
            inner = [*(graph if isinstance(graph, list) else [graph]), item.get("mainEntity")]
            yield from (node for node in inner if isinstance(node, Mapping))


def page_article(nodes: Sequence[Node], urls: Sequence[str], titles: Sequence[str]) -> Node:
    """The article that the page is about; {} where it states none, or which of several.

    Args:
        urls: by which the page itself goes.
        titles: under which it shows its article.
    """
    articles = [node for node in nodes if _is_article(node)]
    if len(articles) < 2:
        return _resolved(articles[0], nodes) if articles else {}
    own = (
        node
        for node in articles
        if not {*node_urls(node)}.isdisjoint(urls) or plain_text(node.get("headline")) in titles
    )
    return _resolved(next(own, {}), nodes)


def _is_article(node: Node) -> bool:
    types = node.get("@type")
    names = (
        re.split("[/:#]", name)[-1]
        for name in (types if isinstance(types, list) else [types])
        if isinstance(name, str)
    )
    return any(name.endswith("Article") or name in _OTHER_ARTICLES for name in names)


def _resolved(article: Node, nodes: Sequence[Node]) -> Node:
    """The article with the nodes themselves where it only names them by their @id."""
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}

    def look_up(value: object) -> object:
        if isinstance(value, list):
            return [look_up(item) for item in value if not isinstance(item, list)]
        if isinstance(value, Mapping) and isinstance(value.get("@id"), str) and len(value) <= 2:
            return known.get(value["@id"], value)
        return value

    return {name: look_up(value) for name, value in article.items()}


def node_urls(node: Node) -> Iterator[str]:
    """The addresses of what a node describes."""
    for value in (node.get("url"), node.get("mainEntityOfPage"), node.get("@id")):
        for item in value if isinstance(value, list) else [value]:
            address = item.get("@id") or item.get("url") if isinstance(item, Mapping) else item
            if isinstance(address, str) and re.match("https?://", address):
                # Ids are addresses with a name behind them: …/story/#article.
                yield address.partition("#")[0]


def names(value: object) -> list[str]:
    """Names of people and organisations, however they are written."""
    found = []
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, Mapping) else item
        # Schema.org lets a name be a list; one with several is several spellings of it.
        name = next(iter(name), None) if isinstance(name, list) else name
        if line := plain_text(name):
            found.append(line)
    return found


def plain_text(value: object) -> str:
    """A value as one line, without the markup and entities that JSON-LD should not hold."""
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return ""
    return clean_line(unescape(_MARKUP.sub("", str(value))))


def body_text(article: Node) -> str:
    """The text that the article states of itself, or the posts of a live blog; "" if none."""
    body = article.get("articleBody")
    if isinstance(body, str) and body.strip():
        return _paragraphs(body)
    posts = article.get("liveBlogUpdate")
    posts = [post for post in posts if isinstance(post, Mapping)] if isinstance(posts, list) else []
    parts = [part for post in posts for part in (post.get("headline"), post.get("articleBody"))]
    return "\n\n".join(_paragraphs(part) for part in parts if isinstance(part, str)).strip()


def _paragraphs(body: str) -> str:
    """Text with an empty line between paragraphs, which JSON-LD divides in any way."""
    text = unescape(_MARKUP.sub("", _BLOCK_END.sub("\n", body)))
    return "\n\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
