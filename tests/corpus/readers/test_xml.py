"""XML from anywhere: it is read, or refused in one line; it reaches nothing and never grows."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.readers import format_of
from corpus.readers.xml import MAX_BYTES, MAX_DEPTH, MAX_NODES, parse, root_name, words
from tests.corpus.readers.wires import NITF_DOCTYPE, news_item, nitf, read_all, read_one, refusal

PATH = Path("wire.xml")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "wire.xml"


def refused(data: str | bytes) -> str:
    with pytest.raises(UnreadableFile) as error:
        parse(PATH, data if isinstance(data, bytes) else data.encode())
    assert "\n" not in str(error.value)
    return error.value.reason


# Declarations


LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
)


@pytest.mark.parametrize(
    ("declarations", "use"),
    [
        pytest.param(LAUGHS, "&l9;", id="billion laughs"),
        pytest.param(f'<!ENTITY a "{"a" * 50_000}">', "&a;" * 50_000, id="quadratic blowup"),
        pytest.param('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;", id="a local file"),
        pytest.param('<!ENTITY a SYSTEM "http://wire.example/a">', "&a;", id="an address"),
        pytest.param('<!ENTITY a PUBLIC "-//A//B" "ftp://wire.example/a">', "&a;", id="public"),
        pytest.param(
            '<!ENTITY % p SYSTEM "http://wire.example/p.dtd"> %p;', "", id="a parameter entity"
        ),
        pytest.param("<!ENTITY % p \"<!ENTITY a 'b'>\"> %p;", "&a;", id="an inner parameter"),
        pytest.param('<!ENTITY a "harmless">', "", id="an entity that is never used"),
        pytest.param('<!ENTITY a SYSTEM "a.gif" NDATA gif>', "", id="an unparsed entity"),
        pytest.param(
            f'<!ATTLIST p class CDATA "{"a" * 50_000}">', "<p/>" * 50_000, id="default attributes"
        ),
    ],
)
def test_declarations_of_a_document_are_refused_before_anything_is_expanded(
    declarations: str, use: str
) -> None:
    begun = time.process_time()
    reason = refused(f"<!DOCTYPE nitf [{declarations}]><nitf>{use}</nitf>")
    assert "DOCTYPE" in reason
    assert "remove" in reason
    assert time.process_time() - begun < 1


def test_entities_in_attributes_are_refused_too() -> None:
    assert "DOCTYPE" in refused('<!DOCTYPE a [<!ENTITY b "c">]><a d="&b;"/>')


def test_a_document_with_declarations_gives_one_line_as_a_file(file: Path) -> None:
    document = nitf(doctype=f"<!DOCTYPE nitf [{LAUGHS}]>")
    assert "remove what stands between [ and ]" in refusal(file, document)


@pytest.mark.parametrize(
    "doctype",
    [
        NITF_DOCTYPE,
        '<!DOCTYPE nitf SYSTEM "http://www.iptc.org/std/NITF/3.6/specification/nitf-3-6.dtd">',
        '<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.6//EN" "nitf-3-6.dtd">',
        '<!DOCTYPE nitf SYSTEM "file:///etc/passwd">',
        "<!DOCTYPE nitf>",
        "",
    ],
)
def test_a_dtd_that_is_only_named_is_not_loaded(file: Path, doctype: str) -> None:
    """The file of that name would break the document, if it were opened."""
    (file.parent / "nitf-3-6.dtd").write_text("<!ENTITY agrave 'trap'> <not a dtd")
    body = "<body><body.content><p>Il ponte chiude.</p></body.content></body>"
    assert read_one(file, nitf(doctype=doctype, head="", body=body)).text == "Il ponte chiude."


def test_names_of_html_characters_are_known_where_a_dtd_is_named() -> None:
    root = parse(PATH, b'<!DOCTYPE nitf SYSTEM "n.dtd"><nitf>caff&egrave; &mdash; &#233;</nitf>')
    assert words(root) == "caffè — é"


def test_names_that_nobody_knows_are_an_error() -> None:
    assert "&whatever;" in refused('<!DOCTYPE a SYSTEM "a.dtd"><a>&whatever;</a>')
    assert "undefined entity" in refused("<a>&egrave;</a>")


# What lies outside


def test_xinclude_is_not_followed(file: Path) -> None:
    secret = file.parent / "secret.txt"
    secret.write_text("the secret")
    body = (
        '<body><body.content><p>Open.</p><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
        f'href="{secret}" parse="text"><xi:fallback>Fallback.</xi:fallback></xi:include>'
        "</body.content></body>"
    )
    assert read_one(file, nitf(head="", body=body)).text == "Open."


def test_style_sheets_and_schemas_are_not_followed(file: Path) -> None:
    """The network is blocked in every test, and asking for a host fails it."""
    document = (
        '<?xml version="1.0"?><?xml-stylesheet href="http://wire.example/a.xsl" type="text/xsl"?>'
        '<nitf xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:noNamespaceSchemaLocation="http://wire.example/nitf.xsd">'
        "<body><body.content><p>Open.</p></body.content></body></nitf>"
    )
    assert read_one(file, document).text == "Open."


# Size


def test_nesting_is_read_as_deep_as_news_goes_and_no_deeper() -> None:
    assert words(parse(PATH, b"<a>" * MAX_DEPTH + b"text" + b"</a>" * MAX_DEPTH)) == "text"
    deeper = MAX_DEPTH + 1
    assert "deep" in refused("<a>" * deeper + "</a>" * deeper)
    assert "deep" in refused("<a>" * 1_000_000)


def test_a_document_with_too_many_elements_is_refused_in_seconds() -> None:
    begun = time.process_time()
    assert f"{MAX_NODES:,}" in refused("<a>" + "<b c=''/>" * MAX_NODES + "</a>")
    assert time.process_time() - begun < 20


def test_a_namespace_that_would_be_copied_at_every_element_is_refused() -> None:
    begun = time.process_time()
    assert "namespace" in refused(f'<a xmlns="{"n" * 1_000_000}">{"<b/>" * 100_000}</a>')
    assert time.process_time() - begun < 1


def test_a_file_that_is_too_large_is_not_even_read(file: Path) -> None:
    with file.open("wb") as sparse:
        sparse.write(b"<newsMessage>")
        sparse.truncate(MAX_BYTES + 1)
    with pytest.raises(UnreadableFile, match=f"read up to {MAX_BYTES:,}: split"):
        list(format_of(file).reader(file, {}))


# Encodings

TEXT = "L’été — déjà «\u00a0fini\u00a0»"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", None),
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1252", "windows-1252"),
        ("utf-16", None),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("mac-roman", "macintosh"),
        # Wrong ones that are common, and certain.
        ("utf-8", "ISO-8859-1"),
        ("utf-8", "windows-1252"),
        ("utf-8", "utf-16"),
        ("utf-8", "no-such-encoding"),
        ("utf-16", "utf-8"),
        ("cp1252", "ISO-8859-1"),
        ("cp1252", "us-ascii"),
    ],
)
def test_the_encoding_is_found_even_where_the_declaration_is_wrong(
    encoding: str, declared: str | None
) -> None:
    said = f' encoding="{declared}"' if declared else ""
    data = f'<?xml version="1.0"{said}?>\n<a>{TEXT}</a>'.encode(encoding)
    assert words(parse(PATH, data)) == " ".join(TEXT.split())


@pytest.mark.parametrize(
    ("encoding", "declared", "said"),
    [
        ("cp1252", None, "UTF-8"),
        ("cp1252", "UTF-8", "not valid UTF-8"),
        ("cp1252", "utf-16", "'utf-16'"),
        ("cp1252", "klingon", "'klingon'"),
        ("cp1252", "unicode_escape", "'unicode_escape'"),
        ("cp1252", "zip", "'zip'"),
    ],
)
def test_an_encoding_that_cannot_be_found_is_refused_by_its_name(
    encoding: str, declared: str | None, said: str
) -> None:
    declaration = f' encoding="{declared}"' if declared else ""
    reason = refused(f'<?xml version="1.0"{declaration}?><a>{TEXT}</a>'.encode(encoding))
    assert said in reason
    assert "save it as UTF-8" in reason


def test_utf_16_that_is_cut_in_the_middle_of_a_character_is_refused() -> None:
    assert "UTF-16" in refused("<a>text</a>".encode("utf-16")[:-1])


# Broken documents


@pytest.mark.parametrize("cut", [30, 500, 1_500, -20])
def test_a_truncated_document_is_said_to_break_off(file: Path, cut: int) -> None:
    reason = refusal(file, nitf()[:cut])
    assert "breaks off in line" in reason
    assert "fetch the file again" in reason


@pytest.mark.parametrize(
    "broken", ["<a><b></a>", "<a b=c/>", "<a/><a/>", "<a>\x01</a>", "<a>&</a>", "no xml", "<>", "&"]
)
def test_a_malformed_document_is_said_to_be_so(broken: str) -> None:
    assert "not well-formed XML" in refused(broken)


def test_white_space_before_the_declaration_is_forgiven() -> None:
    assert parse(PATH, b'\n  <?xml version="1.0"?><a/>').tag == "a"


# Recognition


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize(
    "before",
    [
        "",
        '<?xml version="1.0"?>',
        "<!-- <nitf> -->\n",
        '<!DOCTYPE newsItem SYSTEM "n.dtd">',
        '<?xml-stylesheet href="a.xsl"?>\n',
    ],
)
def test_a_root_is_named_whatever_stands_before_it(before: str, encoding: str) -> None:
    document = f'{before}<n:newsItem xmlns:n="urn:n" n:guid="g">{"é" * 5000}'
    assert root_name(document.encode(encoding)[:4096]) == "newsItem"


@pytest.mark.parametrize(
    "head", [b"", b"<", b"<!-- ", b"%PDF-1.7", b"{}", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", b"\0<"]
)
def test_a_root_that_is_not_there_has_no_name(head: bytes) -> None:
    assert root_name(head) is None


@pytest.mark.parametrize(
    ("document", "root"),
    [
        ('<rss version="2.0"><channel><title>Feed</title></channel></rss>', "rss"),
        ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', "urlset"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"/>', "feed"),
    ],
)
def test_xml_of_another_kind_is_named_by_its_root(file: Path, document: str, root: str) -> None:
    reason = refusal(file, document)
    assert f"<{root}>" in reason
    assert "expected NewsML (newsItem, newsMessage, NewsML) or NITF (nitf)" in reason


def test_a_wire_is_known_by_its_content_whatever_the_file_is_called(tmp_path: Path) -> None:
    (draft,) = read_all(tmp_path / "wire.txt", nitf())
    (other,) = read_all(tmp_path / "wire", news_item())
    assert not isinstance(draft, UnreadableFile)
    assert not isinstance(other, UnreadableFile)
    assert draft.metadata["publisher"] == "Corriere della Riva"
    assert other.metadata["publisher"] == "Agence Littorale"


def test_a_comment_longer_than_what_is_looked_at_hides_neither_format(file: Path) -> None:
    comment = f"<!-- {'x' * 5000} -->"
    assert read_one(file, comment + news_item()).metadata["author"] == "Odile Marchetti"
    assert (
        read_one(file, nitf(doctype=NITF_DOCTYPE + comment)).metadata["author"] == "Carla Bonetti"
    )


# Anything at all

PIECES = [
    "<", ">", "</", "/>", "&", ";", "#", '"', "'", "=", "[", "]", "]]>", "<![CDATA[", "<!--", "-->",
    "<?xml version='1.0'?>", "<!DOCTYPE nitf", "<!ENTITY a 'b'>", "&a;", "&#0;", "&#xD800;", "\0",
    "<nitf>", "<newsItem>", "<newsMessage>", "<itemSet>", "<NewsML>", "<body>", "é", "\ud7ff", " ",
]  # fmt: skip


def change(document: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    for start, length, piece in edits:
        at = start % (len(document) + 1)
        document = document[:at] + piece + document[at + length :]
    return document


edits = st.lists(
    st.tuples(
        st.integers(0, 100_000),
        st.integers(0, 60),
        st.one_of(st.sampled_from([piece.encode() for piece in PIECES]), st.binary(max_size=6)),
    ),
    min_size=1,
    max_size=6,
)


@given(st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_any_bytes_give_articles_or_one_line(
    tmp_path_factory: pytest.TempPathFactory, content: bytes | str
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.xml"
    for found in read_all(file, content):
        assert not isinstance(found, UnreadableFile) or "\n" not in str(found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("document", [news_item(), nitf()], ids=["NewsML", "NITF"])
@given(edits=edits)
def test_a_damaged_document_gives_articles_or_one_line(
    tmp_path_factory: pytest.TempPathFactory,
    document: str,
    encoding: str,
    edits: list[tuple[int, int, bytes]],
) -> None:
    file = tmp_path_factory.getbasetemp() / "damaged.xml"
    for found in read_all(file, change(document.encode(encoding), edits)):
        assert not isinstance(found, UnreadableFile) or "\n" not in str(found)
