"""Packages: which there are for whom, what goes into each before it is made, and the words to paste."""

from dataclasses import replace

from casework.views import PackagesView, PackageView, PastedView
from casework.vocabulary import Form, Medium, Package, WorkingHours
from tests.scenes import CASE, HOSTILE, LONG_WORDS, METTE, PETER
from tests.scenes_pieces import EVIDENCE, VERSION, deadline, evidence

LEADER = tuple(package for package in Package if package is not Package.OWN_COPY)
AFFECTED = (Package.POLICE, Package.DATATILSYNET, Package.PLATFORM, Package.OWN_COPY)


def before(package: Package, **changed: object) -> PackageView:
    """As the leader sees it."""
    found = PackageView(CASE, VERSION, package, own=False, affected=(METTE,), pieces=EVIDENCE)
    return replace(found, **changed)


def pasted(package: Package, **changed: object) -> PastedView:
    found = PastedView(
        case=CASE,
        version=VERSION,
        package=package,
        own=False,
        affected=(METTE,),
        episodes=(deadline(),),
        media=(Medium.FACEBOOK,),
        forms=(Form.DEGRADING, Form.THREATS),
        working_hours=WorkingHours.OUTSIDE,
        account="Der er lagt et opslag op om mig. Mange har delt det.",
        identifier="Sandheden om Nord",
        links="https://www.facebook.com/sandheden/posts/1",
    )
    return replace(found, **changed)


SOUND = evidence(4, "audio/mpeg")
CARDS = {
    "packages": PackagesView(CASE, VERSION, LEADER),
    "packages_of_the_affected": PackagesView(CASE, VERSION, AFFECTED),
    "packages_of_a_step": PackagesView(CASE, VERSION, (Package.SAFETYNET,)),
    **{f"package_{package}": before(package) for package in LEADER},
    "package_police_without_a_yes": before(Package.POLICE, unaccepted=(METTE, PETER), affected=(METTE, PETER)),
    "package_police_untold": before(Package.POLICE, unasked=(PETER,), affected=(METTE, PETER), untold=(PETER,)),
    "package_police_not_asked": before(Package.POLICE, unasked=(METTE, PETER), affected=(METTE, PETER)),
    "package_platform_with_words": before(Package.PLATFORM, has_account=True),
    "package_legal_staff_by_themselves": before(Package.LEGAL_STAFF, legal=True),
    "package_police_of_the_affected": before(Package.POLICE, own=True),
    "package_police_without_evidence": before(Package.POLICE, pieces=()),
    "package_police_many": before(Package.POLICE, pieces=tuple(evidence(number) for number in range(1, 120))),
    "package_police_twenty": before(Package.POLICE, pieces=tuple(evidence(number) for number in range(1, 21))),
    "package_datatilsynet_unfinished": before(Package.DATATILSYNET, letter="unfilled", unfit=(SOUND,)),
    "package_datatilsynet_own": before(Package.DATATILSYNET, own=True, unfit=(SOUND,), letter="ready"),
    "package_legal_staff_withdrawn": before(
        Package.LEGAL_STAFF, pieces=(replace(EVIDENCE[0], withdrawn=True), *EVIDENCE[1:])
    ),
    "package_own_copy": before(Package.OWN_COPY, own=True),
    "pasted_safetynet": pasted(Package.SAFETYNET, identifier="", links=""),
    "pasted_platform": pasted(Package.PLATFORM),
    "pasted_platform_without_forms": pasted(Package.PLATFORM, forms=()),
    "pasted_hostile": pasted(Package.PLATFORM, account=HOSTILE, links=HOSTILE, identifier=HOSTILE),
    "pasted_largest": pasted(Package.PLATFORM, account=LONG_WORDS * 3, links=LONG_WORDS[:2000]),
}
