"""What one administration says and does where it differs: words, steps, facts, links and accept wordings.

A layer changes values and never the shape: no new sentence, no new step, no other number, no other gate.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from casework.consent import WORDING
from casework.facts import Fact, read_facts
from casework.plan import read_plan
from casework.platforms import Link, Platform, Right, linked, read_platforms, read_rights
from casework.texts import LANGUAGES, Language, read_catalogue
from casework.vocabulary import ConsentKind, StepId

Sentences = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Guide:
    """What somebody is told by: sentences by language, facts, the accept wordings in force, the steps left out, and
    where platforms take a notice."""

    catalogues: Mapping[Language, Sentences]
    facts: tuple[Fact, ...]
    wordings: Mapping[ConsentKind, str]
    left_out: tuple[StepId, ...] = ()
    platforms: tuple[Platform, ...] = ()
    rights: tuple[Right, ...] = ()


@dataclass(frozen=True)
class Policy:
    """The workplace's own guidelines for what colleagues do to each other. `texts` or `link` may be empty."""

    texts: Mapping[Language, str]
    link: str = ""


@dataclass(frozen=True)
class Wording:
    """A local accept wording. `version` names it for good: `police.1+nord.2` is nord's second one of `police.1`."""

    kind: ConsentKind
    version: str
    texts: Mapping[Language, str]


@dataclass(frozen=True)
class Layer:
    """What one place changes. `wordings`: every one there has been, the latest of a kind last."""

    words: Mapping[Language, Sentences] = field(default_factory=dict)
    notes: Mapping[StepId, Mapping[Language, str]] = field(default_factory=dict)
    left_out: Mapping[StepId, bool] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    wordings: tuple[Wording, ...] = ()
    links: tuple[Link, ...] = ()


@cache
def original() -> Guide:
    """The guide as it is without any layer."""
    catalogues = {language: read_catalogue(language) for language in LANGUAGES}
    return Guide(catalogues, read_facts(), WORDING, (), read_platforms(), read_rights())


def with_layers(layers: Iterable[Layer]) -> Guide:
    """The original under these layers: each over those before it."""
    guide = original()
    for layer in layers:
        guide = _under(guide, layer)
    return guide


def may_be_left_out() -> tuple[StepId, ...]:
    """Steps that nothing else in a case rests on: no other step, no accept, no law."""
    return tuple(step.id for step in read_plan() if step.may_be_left_out)


def note_key(step: StepId) -> str:
    """Where the local note to a step stands among the sentences, if there is one."""
    return f"leader.step.{step}.local"


def _under(guide: Guide, layer: Layer) -> Guide:
    left_out = {step: True for step in guide.left_out} | dict(layer.left_out)
    facts = {fact.id: fact for fact in layer.facts}
    links = {link.id: link for link in layer.links}
    return Guide(
        {language: {**said, **_said(layer, language)} for language, said in guide.catalogues.items()},
        tuple(facts.get(fact.id, fact) for fact in guide.facts),
        {**guide.wordings, **{wording.kind: wording.version for wording in layer.wordings}},
        tuple(step for step, out in left_out.items() if out),
        linked(guide.platforms, links),
        linked(guide.rights, links),
    )


def _said(layer: Layer, language: Language) -> dict[str, str]:
    return {
        **layer.words.get(language, {}),
        **{note_key(step): texts[language] for step, texts in layer.notes.items()},
        **{f"consent.wording.{wording.version}": wording.texts[language] for wording in layer.wordings},
    }
