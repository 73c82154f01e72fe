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
├── UnfinishedRun        the part of a run that is kept is of another one, or cannot be kept
├── ServerUnavailable    the server whose answers are evaluated does not answer
├── CannotWrite          a report cannot be put where it is to be
├── CannotServe          the web server's address cannot be had
├── LogUnavailable       the log of answers is not there, or cannot be read
├── UnknownEntry         the log of answers has no such entry, or several
└── Unrepeatable         a logged question that no set can ask as it was asked
"""

from __future__ import annotations


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


class ServerUnavailable(QaError):
    """A server that questions are sent to cannot be reached, or refuses them."""


class CannotWrite(QaError):
    """The files of a report cannot be written where they are to be."""


class CannotServe(QaError):
    """The web server's address cannot be had."""


class LogUnavailable(QaError):
    """The log of answers cannot be read."""


class UnknownEntry(QaError):
    """No entry of the log is meant, or more than one."""


class Unrepeatable(QaError):
    """A question was asked under conditions that a question set cannot state."""
