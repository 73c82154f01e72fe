"""What can go wrong while answering.

QaError
├── BadQuestion          empty, or longer than any question
│   └── BadFilter        a filter names what the archive does not have
├── BadSetting           a setting's value cannot be used
├── EmptyIndex           nothing has been indexed yet
├── BrokenCitation       a citation does not prove what it says; nothing is shown
├── EntailmentUnavailable  the configured NLI model cannot be loaded on this machine
├── ModelUnavailable     the language model does not answer, or not usefully
│   └── ContextOverflow  the prompt is longer than the model can read
├── BadQuestionSet       a question set cannot be read; names the lines
├── UnfinishedRun        the part of a run that is kept cannot be gone on with, or cannot be kept
│   └── OutdatedRun      it is of other questions, another archive or another model
├── RunUnderWay          the server evaluates one set at a time
├── UnknownRun           no such evaluation is kept, or it is not finished
├── ServerUnavailable    the server whose answers are evaluated does not answer
├── UploadRefused        a file that was sent cannot be taken in
├── CannotWrite          a report cannot be put where it is to be
├── BadBackup            a backup cannot be made, is not whole, or cannot be restored
├── CannotServe          the web server's address cannot be had
├── LogUnavailable       the log of answers is not there, or cannot be read
├── UnknownEntry         the log of answers has no such entry, or several
├── Unrepeatable         a logged question that no set can ask as it was asked
├── BadAccess            a key or a user cannot be made or removed as it was said
├── AccessUnavailable    the file of keys and users cannot be read or written
├── AccessDenied         nobody knows who asks
├── NotAllowed           who asks is known, and may not
├── UnknownHost          asked under a name that is none of the server's
└── TooManyRequests      who asks has asked too often; says when to ask again
"""

from __future__ import annotations

from qa.phrases import phrase


class QaError(Exception):
    """Base of every error of this package; its message is one line for the user."""


class BadQuestion(QaError):
    """The question cannot be asked as it is."""


class BadFilter(BadQuestion):
    """A filter names an outlet, a language or a section that the archive does not have."""


class BadSetting(QaError):
    """A setting's value cannot be used."""


class EmptyIndex(QaError):
    """There is nothing to answer from."""


class BrokenCitation(QaError):
    """An answer failed its last check. Never the reader's fault."""


class ModelUnavailable(QaError):
    """The language model cannot be reached, or its reply cannot be used."""


class EntailmentUnavailable(QaError):
    """The configured model of natural language inference cannot be had or used."""


class ContextOverflow(ModelUnavailable):
    """The prompt is longer than the language model can read."""


class BadQuestionSet(QaError):
    """A question set cannot be read; the message has a line for each of the first problems."""


class UnfinishedRun(QaError):
    """The kept part of an evaluation cannot be gone on with."""


class OutdatedRun(UnfinishedRun):
    """The kept part of an evaluation is of other questions, another archive or another model."""


class RunUnderWay(QaError):
    """Another evaluation is running on this server.

    Attributes:
        questions: name of the set that it runs.
    """

    def __init__(self, questions: str) -> None:
        super().__init__(f"{questions} is being run; wait until it is done, or stop it")
        self.questions = questions


class UnknownRun(QaError):
    """No evaluation of that name is kept, or it has no report yet."""


class ServerUnavailable(QaError):
    """A server that questions are sent to cannot be reached, or refuses them."""


class UploadRefused(QaError):
    """A file that was sent cannot be taken in.

    Attributes:
        key, values: of the phrase that says why; the page says it in its reader's language.
    """

    def __init__(self, key: str, **values: object) -> None:
        self.key = f"upload.{key}"
        self.values = values
        super().__init__(phrase("en", self.key, **values))


class CannotWrite(QaError):
    """The files of a report cannot be written where they are to be."""


class BadBackup(QaError):
    """A backup cannot be written, is not what it was when it was, or has no place to go to."""


class CannotServe(QaError):
    """The web server's address cannot be had."""


class LogUnavailable(QaError):
    """The log of answers cannot be read."""


class UnknownEntry(QaError):
    """No entry of the log is meant, or more than one."""


class Unrepeatable(QaError):
    """A question was asked under conditions that a question set cannot state."""


class BadAccess(QaError):
    """A key or a user cannot be made or removed as it was said."""


class AccessUnavailable(QaError):
    """Keys and users cannot be read or written."""


class AccessDenied(QaError):
    """A request shows nothing, or nothing that is known here and still good."""


class NotAllowed(QaError):
    """The caller is known, and may not do this, or not from there."""


class UnknownHost(QaError):
    """A request was sent to a name that is none of the server's.

    Args:
        host: as the request states it.
    """

    def __init__(self, host: str) -> None:
        super().__init__(
            f"This server is not known as {host[:100]!a}; whoever runs it behind a proxy "
            f"names it in CITEDESK_HOSTS, others open http://127.0.0.1 with its port."
        )


class Overloaded(QaError):
    """More questions came than can be answered soon; `wait` is the seconds to ask again in."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"Too many questions are being answered; ask again in {wait} s.")
        self.wait = wait


class TooManyRequests(QaError):
    """The caller has asked too often; `wait` is the seconds until they may ask again."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"Too many requests; ask again in {wait} s.")
        self.wait = wait
