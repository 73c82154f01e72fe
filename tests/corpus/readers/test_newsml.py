"""NewsML: what an agency sends is read as it stands, and what it takes back is not read at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import UnreadableFile, Withdrawn
from corpus.readers import Draft, Record, format_of
from corpus.reading import FoundArticle, read_articles
from tests.corpus.readers.wires import (
    FRENCH_TEXT,
    G2,
    ITALIAN_TEXT,
    item_meta,
    news_item,
    nitf,
    read_all,
    read_one,
    refusal,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "item.xml"


def content(inner: str) -> str:
    return f"<contentSet>{inner}</contentSet>"


def meta(inner: str) -> str:
    return f"<contentMeta>{inner}</contentMeta>"


XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'

# Text


def test_paragraphs_headings_lists_tables_and_quotations_are_read_in_order(file: Path) -> None:
    assert read_one(file, news_item()).text == FRENCH_TEXT


def test_a_prefix_instead_of_a_default_namespace_changes_nothing(file: Path) -> None:
    plain = news_item(body="<contentSet><inlineData>Le texte.</inlineData></contentSet>")
    prefixed = plain.replace(f" {G2}", f" {G2.replace('xmlns', 'xmlns:nar')}")
    prefixed = (
        prefixed.replace("</", "</nar:").replace("<", "<nar:").replace("<nar:/nar:", "</nar:")
    )
    assert read_one(file, prefixed) == read_one(file, plain)


def test_plain_text_is_kept_line_by_line(file: Path) -> None:
    text = "VALMER - Le port rouvre.\n\nLes navires attendent & patientent."
    inner = f'<inlineData contenttype="text/plain"><![CDATA[\n{text}\n]]></inlineData>'
    assert read_one(file, news_item(content_meta="", body=content(inner))).text == text


def test_html_in_a_string_is_read_as_html(file: Path) -> None:
    inner = (
        '<inlineData contenttype="text/html"><![CDATA[<p>Le caf&eacute; ferme.<br>Fin.</p>'
        "<p>Les clients protestent.</p>]]></inlineData>"
    )
    text = "Le café ferme.\nFin.\n\nLes clients protestent."
    assert read_one(file, news_item(content_meta="", body=content(inner))).text == text


def test_html_in_a_string_that_is_not_closed_is_one_line(file: Path) -> None:
    inner = '<inlineData contenttype="text/html">&lt;p&gt;Le café&lt;b&gt; ferme.</inlineData>'
    assert "not well-formed" in refusal(file, news_item(body=content(inner)))


def test_an_article_in_nitf_is_read_as_nitf(file: Path) -> None:
    document = nitf(doctype="", space='xmlns="http://iptc.org/std/NITF/2006-10-18/"')
    document = document.partition("\n")[2].replace("&egrave;", "è")
    document = document.replace("&laquo;", "«").replace("&raquo;", "»")
    body = content(f'<inlineXML contenttype="application/nitf+xml">{document}</inlineXML>')
    draft = read_one(
        file, news_item(content_meta=meta("<headline>Ponte chiuso</headline>"), body=body)
    )
    assert draft.text == ITALIAN_TEXT
    # The item goes before the document in it, which fills what the item leaves open.
    assert draft.metadata["title"] == "Ponte chiuso"
    assert draft.metadata["publisher"] == "Agence Littorale"
    assert draft.metadata["published"] == "2025-01-14T10:30:00+01:00"
    assert draft.metadata["author"] == "Carla Bonetti"
    assert draft.metadata["language"] == "it"
    assert draft.metadata["embargo_until"] == "2025-01-14T18:00:00+01:00"


def held_back(status: str) -> str:
    return (
        f'<nitf><head><docdata management-status="{status}"/></head>'
        "<body><body.content><p>Testo.</p></body.content></body></nitf>"
    )


@pytest.mark.parametrize("status", ["withheld", "canceled", "embargoed"])
def test_nitf_that_is_held_back_is_no_article_within_an_item(file: Path, status: str) -> None:
    body = content(f"<inlineXML>{held_back(status)}</inlineXML>")
    (error,) = read_all(file, news_item(body=body))
    assert isinstance(error, Withdrawn)
    assert f"urn:newsml:littorale.example:20250114:port is {status!r}" in error.reason


def test_an_item_can_state_the_end_of_an_embargo_for_its_nitf(file: Path) -> None:
    body = content(f"<inlineXML>{held_back('embargoed')}</inlineXML>")
    until = item_meta("<embargoed>2025-01-15T06:00:00+01:00</embargoed>")
    draft = read_one(file, news_item(item_meta=until, body=body))
    assert draft.metadata["embargo_until"] == "2025-01-15T06:00:00+01:00"


@pytest.mark.parametrize("status", ["withheld", "canceled", "embargoed"])
def test_nitf_that_is_held_back_is_no_article_in_the_first_newsml(file: Path, status: str) -> None:
    (error,) = read_all(file, news_ml(news_item_1(data=held_back(status))).encode("latin-1"))
    assert isinstance(error, Withdrawn)
    assert f"is {status!r} by its agency" in error.reason


def test_of_several_renditions_of_one_text_one_is_read(file: Path) -> None:
    inner = (
        '<inlineData contenttype="text/plain">Le texte nu.</inlineData>'
        f"<inlineXML><html {XHTML}><body><p>Le texte balisé.</p></body></html></inlineXML>"
    )
    assert (
        read_one(file, news_item(content_meta="", body=content(inner))).text == "Le texte balisé."
    )


def test_a_dateline_that_the_text_bears_already_is_not_repeated(file: Path) -> None:
    inner = "<inlineData>VALMER (AL) - Le port rouvre.</inlineData>"
    item = news_item(content_meta=meta("<dateline>Valmer (AL) -</dateline>"), body=content(inner))
    assert read_one(file, item).text == "VALMER (AL) - Le port rouvre."


@pytest.mark.parametrize(
    "inner",
    [
        '<remoteContent href="photo.jpg" contenttype="image/jpeg"/>',
        '<inlineData encoding="base64" contenttype="image/jpeg">/9j/4AAQ</inlineData>',
        f"<inlineXML><html {XHTML}><body/></html></inlineXML>",
        "",
    ],
)
def test_an_item_without_text_says_so(file: Path, inner: str) -> None:
    reason = refusal(file, news_item(body=content(inner)))
    assert "urn:newsml:littorale.example:20250114:port" in reason
    assert "holds no text" in reason


# Metadata


def test_an_item_states_who_when_where_and_on_what_terms(file: Path) -> None:
    assert read_one(file, news_item()).metadata == {
        "title": "Le port de Valmer rouvre après six jours de grève",
        "publisher": "Agence Littorale",
        "author": "Odile Marchetti",
        "published": "2025-01-14T10:30:00+01:00",
        "modified": "2025-01-14T11:05:00+01:00",
        "language": "fr",
        "section": "économie",
        "rights": "© 2025 Agence Littorale; Réservé aux abonnés jusqu'au 31 janvier.",
    }


def test_what_an_item_does_not_state_stays_unknown(file: Path) -> None:
    item = news_item(rights="", item_meta=item_meta(""), content_meta="", version="1")
    assert read_one(file, item).metadata == {
        "publisher": "Agence Littorale",
        "published": "2025-01-14T11:05:00+01:00",
        "language": "fr",
    }


@pytest.mark.parametrize(
    ("inner", "field", "value"),
    [
        ("<headline>A</headline><headline>B</headline>", "title", "A"),
        (
            '<headline role="hld:short">A</headline><headline role="hld:main">B</headline>',
            "title",
            "B",
        ),
        ('<headline role="hld:short">A</headline><headline>B</headline>', "title", "B"),
        ('<headline role="hld:short">A</headline>', "title", "A"),
        (
            '<creator qcode="s:1"><name>Aïda Roux</name></creator><by>By A. R.</by>',
            "author",
            "Aïda Roux",
        ),
        (
            '<creator literal="Aïda Roux"/><creator literal="Jo Lind"/>',
            "author",
            "Aïda Roux, Jo Lind",
        ),
        (
            '<creator type="cpnat:organisation" literal="Desk"/><by>By Jo Lind in Oslo</by>',
            "author",
            "Jo Lind in Oslo",
        ),
        ("<by>di Carla Bonetti</by>", "author", "Carla Bonetti"),
        ("<by>Di Stefano Carla</by>", "author", "Di Stefano Carla"),
        ('<creator qcode="staff:221"/>', "author", None),
        ('<subject qcode="medtop:15000000"/>', "section", None),
        ('<genre qcode="genre:Analysis"><name>Analysis</name></genre>', "section", "Analysis"),
        ('<language tag="it-CH"/>', "language", "it"),
    ],
)
def test_content_metadata_is_taken_where_it_names_something(
    file: Path, inner: str, field: str, value: str | None
) -> None:
    assert read_one(file, news_item(content_meta=meta(inner))).metadata.get(field) == value


@pytest.mark.parametrize(
    ("provider", "publisher"),
    [
        ('<provider qcode="nprov:AL"><name>Agence Littorale</name></provider>', "Agence Littorale"),
        ('<provider literal="Littorale"/>', "Littorale"),
        ('<provider qcode="nprov:AL"/>', "AL"),
        ('<provider qcode="clients:00417"/>', "Radio Nord"),
        ('<provider uri="http://littorale.example/about"/>', "Radio Nord"),
    ],
)
def test_a_publisher_is_a_name_and_never_a_number(
    file: Path, provider: str, publisher: str
) -> None:
    source = meta('<infoSource qcode="is:9"><name>Radio Nord</name></infoSource>')
    item = news_item(item_meta=f"<itemMeta>{provider}</itemMeta>", content_meta=source)
    assert read_one(file, item).metadata["publisher"] == publisher


def test_a_holder_of_rights_stands_in_for_a_missing_notice(file: Path) -> None:
    rights = (
        "<rightsInfo><copyrightHolder><name>Agence Littorale</name></copyrightHolder></rightsInfo>"
    )
    assert read_one(file, news_item(rights=rights)).metadata["rights"] == "© Agence Littorale"


# What may not be shown


def test_an_embargo_keeps_its_hour_and_its_zone(file: Path) -> None:
    embargoed = item_meta("<embargoed>2025-01-15T06:00:00-05:00</embargoed>")
    item = news_item(item_meta=embargoed)
    assert read_one(file, item).metadata["embargo_until"] == "2025-01-15T06:00:00-05:00"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ('<pubStatus qcode="stat:canceled"/>', "was cancelled by its agency"),
        ('<pubStatus qcode="other:canceled"/>', "was cancelled by its agency"),
        ('<pubStatus qcode="stat:withheld"/>', "'withheld'"),
        ("<embargoed/>", "embargo without an end"),
        ("<embargoed>tomorrow</embargoed>", "embargo_until 'tomorrow'"),
    ],
)
def test_what_the_agency_holds_back_is_no_article(file: Path, status: str, said: str) -> None:
    reason = refusal(file, news_item(item_meta=item_meta(status)))
    assert said in reason


# Corrections

LINK = '<link rel="irel:previousVersion" residref="urn:newsml:littorale.example:20250113:port"/>'
CORRECTION = '<signal qcode="sig:correction"/>'


@pytest.mark.parametrize(
    ("inner", "version", "corrects"),
    [
        (CORRECTION + LINK, "1", "urn:newsml:littorale.example:20250113:port"),
        (CORRECTION, "3", "urn:newsml:littorale.example:20250114:port"),
        (CORRECTION, "1", None),
        (LINK, "3", None),
        ('<signal qcode="sig:update"/>' + LINK, "3", None),
        (CORRECTION + LINK.replace("previousVersion", "seeAlso"), "1", None),
    ],
)
def test_a_correction_is_one_that_is_signalled_as_such(
    file: Path, inner: str, version: str, corrects: str | None
) -> None:
    item = news_item(item_meta=item_meta(inner), version=version)
    assert read_one(file, item).metadata.get("corrects") == corrects


# Several items


def message(*items: str) -> str:
    return (
        f'<newsMessage {G2} xml:lang="fr"><header><sent>2025-01-14T12:00:00Z</sent></header>'
        f"<itemSet>{''.join(items)}</itemSet></newsMessage>"
    )


def test_each_item_of_a_message_is_an_article_known_by_guid_and_version(file: Path) -> None:
    file.write_text(
        message(news_item(guid="a", version="1"), news_item(guid="a"), news_item(guid="b"))
    )
    records = list(format_of(file).reader(file, {}))
    assert [record.key for record in records if isinstance(record, Record)] == ["a:1", "a:2", "b:2"]


def test_an_item_of_a_message_reads_like_the_item_alone(file: Path) -> None:
    assert read_all(file, message(news_item())) == [read_one(file, news_item())]


def test_an_unchanged_item_keeps_its_content_when_another_changes(file: Path) -> None:
    def contents(other: str) -> list[bytes]:
        file.write_text(message(news_item(guid="a"), other))
        return [
            each.content for each in format_of(file).reader(file, {}) if isinstance(each, Record)
        ]

    before, after = contents(news_item(guid="b")), contents(news_item(guid="b", rights=""))
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_the_language_of_a_message_is_that_of_its_items(file: Path) -> None:
    item = news_item(content_meta="").replace(' xml:lang="fr"', "")
    (draft,) = read_all(file, message(item))
    assert isinstance(draft, Draft)
    assert draft.metadata["language"] == "fr"


def test_a_cancelled_item_takes_no_other_with_it(file: Path) -> None:
    cancelled = news_item(guid="b", item_meta=item_meta('<pubStatus qcode="stat:canceled"/>'))
    first, second, third = read_all(
        file, message(news_item(guid="a"), cancelled, news_item(guid="c"))
    )
    assert isinstance(first, Draft)
    assert isinstance(second, UnreadableFile)
    assert isinstance(third, Draft)


def test_an_item_that_comes_twice_is_read_once(file: Path) -> None:
    first, second = read_all(file, message(news_item(), news_item()))
    assert isinstance(first, Draft)
    assert "twice" in str(second)


def test_an_item_without_a_guid_in_a_message_says_so(file: Path) -> None:
    assert "without a guid" in str(read_all(file, message(news_item(guid="", version="")))[0])


@pytest.mark.parametrize("kind", ["packageItem", "conceptItem", "knowledgeItem", "planningItem"])
def test_items_that_are_no_articles_say_what_they_are(file: Path, kind: str) -> None:
    other = f'<{kind} {G2} guid="urn:p" version="1"/>'
    assert "only news items hold articles" in refusal(file, other)
    draft, error = read_all(file, message(news_item(), other))
    assert isinstance(draft, Draft)
    assert "item urn:p is a" in str(error)


def test_a_message_without_items_says_so(file: Path) -> None:
    assert "without any news item" in refusal(file, message())


def test_an_item_becomes_an_article_whose_offsets_hold(file: Path) -> None:
    file.write_text(message(news_item()))
    (found,) = read_articles([(file, "item.xml")])
    assert isinstance(found, FoundArticle)
    assert found.origin.endswith("item.xml#urn:newsml:littorale.example:20250114:port:2")
    quote = "Il attend le vote de jeudi."
    start = found.article.text.index(quote)
    assert found.article.text[start : start + len(quote)] == quote
    assert found.article.published == "2025-01-14T10:30:00+01:00"


# NewsML 1


def news_item_1(
    *, status: str = "Usable", more: str = "", revision: str = "1", data: str = ""
) -> str:
    data = data or (
        "<html><body><p>Gli operai della cartiera di Montevalle hanno occupato i cancelli.</p>"
        "<p>«Resteremo qui», dice Pia Corsi.</p></body></html>"
    )
    return f"""
  <NewsItem xml:lang="it">
    <Identification><NewsIdentifier>
      <ProviderId>notiziario.example</ProviderId><DateId>20041103</DateId>
      <NewsItemId>cartiera</NewsItemId>
      <RevisionId PreviousRevision="0" Update="N">{revision}</RevisionId>
    </NewsIdentifier></Identification>
    <NewsManagement>
      <NewsItemType FormalName="News"/>
      <FirstCreated>20041103T091500+0100</FirstCreated>
      <ThisRevisionCreated>20041103T101500+0100</ThisRevisionCreated>
      <Status FormalName="{status}"/>{more}
    </NewsManagement>
    <NewsComponent>
      <NewsLines>
        <HeadLine>Cartiera occupata a Montevalle</HeadLine>
        <ByLine>di Renato Salvi</ByLine>
        <DateLine>MONTEVALLE, 3 novembre</DateLine>
        <CopyrightLine>© Notiziario Alpino</CopyrightLine>
      </NewsLines>
      <AdministrativeMetadata>
        <Provider><Party FormalName="Notiziario Alpino"/></Provider>
      </AdministrativeMetadata>
      <NewsComponent>
        <DescriptiveMetadata><Language FormalName="it"/></DescriptiveMetadata>
        <ContentItem Href="foto.jpg"/>
        <ContentItem><DataContent>{data}</DataContent></ContentItem>
      </NewsComponent>
    </NewsComponent>
  </NewsItem>"""


def news_ml(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE NewsML SYSTEM "NewsML_1.2.dtd">\n'
        f"<NewsML><Catalog Href='c.xml'/><NewsEnvelope/>{''.join(items)}</NewsML>"
    )


def test_the_first_newsml_is_read_too(file: Path) -> None:
    draft = read_one(file, news_ml(news_item_1()).encode("latin-1"))
    assert draft.text == (
        "MONTEVALLE, 3 novembre\n\n"
        "Gli operai della cartiera di Montevalle hanno occupato i cancelli.\n\n"
        "«Resteremo qui», dice Pia Corsi."
    )
    assert draft.metadata == {
        "title": "Cartiera occupata a Montevalle",
        "publisher": "Notiziario Alpino",
        "author": "Renato Salvi",
        "published": "2004-11-03T09:15:00+01:00",
        "modified": "2004-11-03T10:15:00+01:00",
        "language": "it",
        "rights": "© Notiziario Alpino",
    }


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Testo semplice.\n\nSecondo capoverso.", "Testo semplice.\n\nSecondo capoverso."),
        ("<nitf><body><body.content><p>Testo.</p></body.content></body></nitf>", "Testo."),
    ],
)
def test_the_first_newsml_carries_plain_text_and_nitf(file: Path, data: str, text: str) -> None:
    assert (
        read_one(file, news_ml(news_item_1(data=data))).text == f"MONTEVALLE, 3 novembre\n\n{text}"
    )


def test_several_items_of_the_first_newsml_are_known_by_identifier_and_revision(file: Path) -> None:
    file.write_text(news_ml(news_item_1(), news_item_1(revision="2")), encoding="latin-1")
    keys = [record.key for record in format_of(file).reader(file, {}) if isinstance(record, Record)]
    assert keys == [f"notiziario.example:20041103:cartiera:{revision}" for revision in "12"]
    twice = read_all(file, news_ml(news_item_1(), news_item_1()).encode("latin-1"))
    assert "twice" in str(twice[1])


def test_an_embargo_of_the_first_newsml_ends_when_its_status_changes(file: Path) -> None:
    change = (
        '<StatusWillChange><FutureStatus FormalName="Usable"/>'
        "<DateAndTime>20041104T060000+0100</DateAndTime></StatusWillChange>"
    )
    draft = read_one(file, news_ml(news_item_1(status="Embargoed", more=change)).encode("latin-1"))
    assert draft.metadata["embargo_until"] == "2004-11-04T06:00:00+01:00"


@pytest.mark.parametrize("status", ["Canceled", "Withheld", "Embargoed"])
def test_what_the_first_newsml_holds_back_is_no_article(file: Path, status: str) -> None:
    reason = refusal(file, news_ml(news_item_1(status=status)).encode("latin-1"))
    assert f"{status!r} by its agency" in reason


def test_the_first_newsml_without_text_or_items_says_so(file: Path) -> None:
    assert "without any news item" in refusal(file, news_ml())
    assert "holds no text" in refusal(file, news_ml(news_item_1(data="<html/>")).encode("latin-1"))
