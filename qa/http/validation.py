"""What is wrong with a request, in plain words.

The client's own values are never echoed, only the names of its fields, shortened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_MOST_ERRORS = 10
_LONGEST_NAME = 60

# Keyed by pydantic's error types; what is not here keeps pydantic's own sentence.
_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a field of this request",
    "json_invalid": "is not valid JSON",
    "string_type": "must be text",
    "string_unicode": "holds characters that are not valid Unicode",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "does not have the expected form",
    "too_long": "must have at most {max_length} entries",
    "too_short": "must have at least {min_length} entries",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "list_type": "must be a list",
    "literal_error": "must be one of: {expected}",
    "model_attributes_type": "must be a JSON object, sent as application/json",
    "dict_type": "must be a JSON object",
}


def field_errors(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """One {"field", "problem"} for each of the first ten errors that pydantic reports."""
    return [{"field": _field(error), "problem": _problem(error)} for error in errors[:_MOST_ERRORS]]


def sentence(errors: Sequence[Mapping[str, str]]) -> str:
    """All of them in one line, for people."""
    return "; ".join(f"{error['field']} {error['problem']}" for error in errors) + "."


def _field(error: Mapping[str, Any]) -> str:
    """`filters.from` or `history[2].role`; the whole body is called `body`."""
    whole, *parts = error["loc"]
    if error["type"] == "json_invalid":  # the location is a character of the body, not a field
        return str(whole)
    name = ""
    for part in parts:
        name += f"[{part}]" if isinstance(part, int) else f".{part[:_LONGEST_NAME]}"
    # A name of the client's own making may hold half a surrogate pair, which no response can.
    return name.encode("utf-8", "replace").decode().removeprefix(".") or str(whole)


def _problem(error: Mapping[str, Any]) -> str:
    words = _WORDS.get(error["type"])
    if words is None:
        message: str = error["msg"]
        return message.removeprefix("Value error, ")
    return words.format(**error.get("ctx", {}))
