"""»pakke til politiet«: the card of that package. Which is meant is told by the names its own card has."""

from bot.desk import Desk
from cards.verbs import Press
from casework.texts import LANGUAGES, read_catalogue
from casework.vocabulary import Package
from dialogs.known import Meaning


async def package(meaning: Meaning, desk: Desk) -> Press | None:
    """Without a name, or with one there is no package of, all of them."""
    case = await desk.newest_case()
    if case is None:
        return None  # then they are words like any other
    meant = _meant(meaning.args.get("package", ""))
    return Press("show_package", case, args={"package": meant}) if meant else Press("show_packages", case)


def _meant(said: str) -> Package | None:
    words = said.casefold().strip(" .,!?")
    return next((package for package in Package if words and words in _names(package)), None)


def _names(package: Package) -> set[str]:
    """Its heading and its button, in each language; the heading also without its first word."""
    names = set()
    for language in LANGUAGES:
        say = read_catalogue(language)
        title = say[f"packages.{package}.title"].casefold()
        names |= {title, title.partition(" ")[2], say[f"packages.{package}.button"].casefold()}
    return names
