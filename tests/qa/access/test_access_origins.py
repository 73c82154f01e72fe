"""Origins, as browsers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.access.origins import frame_ancestors, parse_origin, parse_origins


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://cms.example.org", "https://cms.example.org"),
        (" HTTPS://CMS.Example.org:443/ ", "https://cms.example.org"),
        ("http://desk:8080", "http://desk:8080"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://[::1]:7860", "http://[::1]:7860"),
        ("https://rédaction.example", "https://xn--rdaction-b1a.example"),
    ],
)
def test_an_origin_is_written_as_a_browser_does(given: str, origin: str) -> None:
    assert parse_origin(given) == origin


@pytest.mark.parametrize(
    "given",
    [
        "", "*", "null", "https://*", "https://*.example.org", "cms.example.org", "ftp://a.example",
        "https://a.example/path", "https://a.example?q", "https://a.example#f", "https://u@a.example",
        "https://a.example; script-src *", "https://a b.example", "https://a.example:port",
        "https://[::1", "https://a..example", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_what_is_no_origin_or_stands_for_several_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="expected an origin such as"):
        parse_origin(given)


@given(st.text(max_size=60), st.sampled_from(["", "https://", "http://a."]))
def test_whatever_passes_is_one_word_that_says_itself(text: str, scheme: str) -> None:
    try:
        origin = parse_origin(scheme + text)
    except ValueError:
        return
    assert parse_origin(origin) == origin
    assert not set(origin) & set(" ;,*'\"<>\\@\r\n")
    assert origin.isascii()


def test_a_list_of_origins_may_be_empty() -> None:
    assert parse_origins(" ") == ()
    assert parse_origins("http://a.example, http://b.example,") == (
        "http://a.example",
        "http://b.example",
    )


def test_only_named_origins_may_frame_a_page() -> None:
    assert frame_ancestors(()) == "frame-ancestors 'self'"
    named = {"https://b.example", "https://a.example"}
    assert frame_ancestors(named) == "frame-ancestors 'self' https://a.example https://b.example"
