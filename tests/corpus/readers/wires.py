"""What agencies send, as invented agencies would send it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers import Draft, Record, format_of

Read = Callable[[str, bytes | str], list[Draft | UnreadableFile]]

G2 = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'

_RIGHTS = """
  <rightsInfo>
    <copyrightHolder literal="Agence Littorale"/>
    <copyrightNotice>© 2025 Agence Littorale</copyrightNotice>
    <usageTerms>Réservé aux abonnés jusqu'au 31 janvier.</usageTerms>
  </rightsInfo>"""

_ITEM_META = """
  <itemMeta>
    <itemClass qcode="ninat:text"/>
    <provider qcode="nprov:AL"><name>Agence Littorale</name></provider>
    <versionCreated>2025-01-14T11:05:00+01:00</versionCreated>
    <firstCreated>2025-01-14T10:30:00+01:00</firstCreated>
    <pubStatus qcode="stat:usable"/>
    <edNote>Version longue à 16h00.</edNote>
  </itemMeta>"""

_CONTENT_META = """
  <contentMeta>
    <contentCreated>2025-01-13</contentCreated>
    <by>Par Odile Marchetti</by>
    <language tag="fr-FR"/>
    <subject type="cpnat:person" qcode="pers:77"><name>Hervé Lacombe</name></subject>
    <subject type="cpnat:abstract" qcode="medtop:04000000"><name>économie</name></subject>
    <slugline>port-grève</slugline>
    <headline>Le port de Valmer rouvre après six jours de grève</headline>
    <dateline>VALMER, 14 janvier 2025 (AL) -</dateline>
  </contentMeta>"""

_BODY = """
  <contentSet>
    <inlineXML contenttype="application/xhtml+xml">
      <html xmlns="http://www.w3.org/1999/xhtml"><head><title>brouillon</title></head><body>
        <p>Les grutiers du port de Valmer ont repris
           le travail mardi à l'aube.</p>
        <h2>Un accord fragile</h2>
        <p>«&#160;Nous restons vigilants&#160;», a dit <em>Hervé Lacombe</em>, délégué.<br/>Il
           attend le vote de jeudi.</p>
        <blockquote><p>Le salaire de nuit augmente de 4&#160;%.</p></blockquote>
        <ul><li>Quai nord&#160;: ouvert</li><li>Quai sud&#160;: fermé</li></ul>
        <table><tr><th>Jour</th><th>Navires</th></tr><tr><td>lundi</td><td>0</td></tr></table>
        <figure><img src="p.jpg"/><figcaption>Le port en 2019.</figcaption></figure>
      </body></html>
    </inlineXML>
  </contentSet>"""

FRENCH_TEXT = """\
VALMER, 14 janvier 2025 (AL) -

Les grutiers du port de Valmer ont repris le travail mardi à l'aube.

Un accord fragile

«\u00a0Nous restons vigilants\u00a0», a dit Hervé Lacombe, délégué.
Il attend le vote de jeudi.

Le salaire de nuit augmente de 4\u00a0%.

Quai nord\u00a0: ouvert

Quai sud\u00a0: fermé

Jour | Navires

lundi | 0"""


def news_item(
    *,
    guid: str = "urn:newsml:littorale.example:20250114:port",
    version: str = "2",
    rights: str = _RIGHTS,
    item_meta: str = _ITEM_META,
    content_meta: str = _CONTENT_META,
    body: str = _BODY,
    namespace: str = G2,
) -> str:
    """A NewsML-G2 item of a French agency; its parts can be others."""
    return (
        f'<newsItem {namespace} guid="{guid}" version="{version}" standard="NewsML-G2" '
        f'xml:lang="fr">{rights}{item_meta}{content_meta}{body}\n</newsItem>'
    )


def item_meta(inner: str) -> str:
    """Item metadata with the least that the standard demands, and more."""
    return (
        '<itemMeta><itemClass qcode="ninat:text"/><provider literal="Agence Littorale"/>'
        f"<versionCreated>2025-01-14T11:05:00+01:00</versionCreated>{inner}</itemMeta>"
    )


NITF_DOCTYPE = '<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">'

_NITF_HEAD = """
  <head>
    <title>ponte-lungo</title>
    <tobject><tobject.subject tobject.subject.type="Cronaca"/></tobject>
    <docdata>
      <correction info="nome del sindaco" id-string="COR-2025-0113-07"/>
      <doc-id regsrc="CORRIERE-RIVA" id-string="COR-2025-0114-02"/>
      <urgency ed-urg="4"/>
      <date.issue norm="20250114T103000+0100"/>
      <date.release norm="20250114T180000+0100"/>
      <date.expire norm="20250121T000000+0100"/>
      <doc.copyright year="2025" holder="Corriere della Riva"/>
      <ed-msg info="Corregge il nome del sindaco"/>
    </docdata>
    <pubdata type="print" name="Corriere della Riva" date.publication="20250115"
      edition.name="Nazionale" position.section="Cronaca di Riva"
      ex-ref="https://corriere-riva.example/ponte"/>
    <revision-history name="redazione" norm="20250114T120000+0100"/>
    <revision-history name="redazione" norm="20250114T110000+0100"/>
  </head>"""

_NITF_BODY = """
  <body xml:lang="it">
    <body.head>
      <hedline><hl1>Il ponte di Lungariva chiude per lavori</hl1>
        <hl2>Traffico deviato fino a marzo</hl2></hedline>
      <byline>di <person><name.given>Carla</name.given> <name.family>Bonetti</name.family></person>
        <byttl>Inviata</byttl></byline>
      <dateline><location>LUNGARIVA</location>, 14 gen.</dateline>
      <abstract><p>Riassunto del ponte.</p></abstract>
    </body.head>
    <body.content>
      <p>Il sindaco Aldo Ferri ha detto che il ponte &egrave; sicuro,
         ma che va riparato.</p>
      <hl2>I costi</hl2>
      <p>I lavori costano 2,3 milioni di euro.</p>
      <bq><block><p>&laquo;Non c'era altra scelta&raquo;</p></block><credit>Aldo Ferri</credit></bq>
      <ol><li>Chiusura il 20 gennaio</li><li>Riapertura il 15 marzo</li></ol>
      <table><tr><td>Mezzi pesanti</td><td>via Nord</td></tr></table>
      <media media-type="image"><media-reference source="ponte.jpg"/>
        <media-caption><p>Il ponte nel 2012.</p></media-caption>
        <media-producer>Foto Ida Sala</media-producer></media>
    </body.content>
    <body.end><tagline>A cura della redazione</tagline></body.end>
  </body>"""

ITALIAN_TEXT = """\
Traffico deviato fino a marzo

LUNGARIVA, 14 gen.

Il sindaco Aldo Ferri ha detto che il ponte è sicuro, ma che va riparato.

I costi

I lavori costano 2,3 milioni di euro.

«Non c'era altra scelta»

Aldo Ferri

Chiusura il 20 gennaio

Riapertura il 15 marzo

Mezzi pesanti | via Nord"""


def nitf(
    *, doctype: str = NITF_DOCTYPE, head: str = _NITF_HEAD, body: str = _NITF_BODY, space: str = ""
) -> str:
    """A NITF document of an Italian newspaper; its parts can be others."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}\n'
        f'<nitf {space} change.date="October 18, 2006" change.time="19:30">{head}{body}\n</nitf>\n'
    )


def read_all(path: Path, content: bytes | str) -> list[Draft | UnreadableFile]:
    """What a file with that content gives, with every error in its place."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        return [_drafted(record) for record in format_of(path).reader(path, {})]
    except UnreadableFile as error:
        return [error]


def _drafted(record: Record | UnreadableFile) -> Draft | UnreadableFile:
    if isinstance(record, UnreadableFile):
        return record
    try:
        return record.read()
    except UnreadableFile as error:
        return error


def read_one(path: Path, content: bytes | str) -> Draft:
    """The one draft of a file."""
    (draft,) = read_all(path, content)
    assert isinstance(draft, Draft), draft
    return draft


def refusal(path: Path, content: bytes | str) -> str:
    """Why a file gives nothing at all: one line."""
    (error,) = read_all(path, content)
    assert isinstance(error, UnreadableFile), error
    assert "\n" not in error.reason
    return error.reason
