"""Settings: everything that is wrong is told at once, by key, with what was found and what was expected."""

import base64
import tomllib
from pathlib import Path

import pytest

from bot.setup.environment import ENVIRONMENT
from bot.setup.organisation import MEGABYTE, Uploads, read_organisation, schema
from bot.setup.settings import REHEARSAL_ORGANISATION, SettingsFault, read_settings, settings_rows
from casework.evidence import LARGEST_CASE, MOST_ITEMS
from casework.people import Contact
from tests.local_files import organisation as written

KEY = bytes(range(32))
SECRET = "not-to-be-printed"
GUID = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
def live(tmp_path: Path) -> dict[str, str]:
    """An environment with which the bot starts for real."""
    return {
        "MICROSOFT_APP_ID": GUID,
        "MICROSOFT_APP_PASSWORD": SECRET,
        "MICROSOFT_APP_TENANT_ID": GUID,
        "VAERN_MASTER_KEY": base64.b64encode(KEY).decode(),
        "VAERN_ORGANISATION": str(written(tmp_path)),
    }


def faults(environment: dict[str, str], **how: bool) -> list[str]:
    with pytest.raises(SettingsFault) as told:
        read_settings(environment, **how)
    title, *lines = str(told.value).split("\n  ")
    assert 'attention (README, "Settings"):' in title
    return lines


def organisation_faults(live: dict[str, str], tmp_path: Path, *changes: tuple[str, str], more: str = "") -> list[str]:
    written(tmp_path, *changes, more=more)
    return faults(live)


def test_the_rehearsal_needs_nothing_from_the_environment():
    settings = read_settings({}, rehearsal=True)

    assert settings.app_id and settings.tenant_id
    assert settings.master_key is None
    assert (settings.host, settings.port, settings.rehearsal_port) == ("127.0.0.1", 3978, 3977)


def test_a_rehearsal_has_a_folder_of_its_own_unless_another_is_named(live):
    unnamed = {name: said for name, said in live.items() if name != "VAERN_DATA"}
    kept_in = [read_settings(unnamed, rehearsal=rehearsal).data for rehearsal in (True, False)]

    assert kept_in == [Path("var/rehearsal"), Path("var/data")]
    assert read_settings(unnamed | {"VAERN_DATA": "there"}, rehearsal=True).data == Path("there")


def test_a_rehearsal_leaves_the_real_bots_identity_alone(live):
    settings = read_settings(live, rehearsal=True)

    assert GUID not in (settings.app_id, settings.tenant_id)
    assert settings.app_password == ""


def test_a_complete_environment_is_read(live):
    settings = read_settings(live | {"VAERN_PORT": "8080", "VAERN_DIRECTORY": "graph", "VAERN_HOST": "0.0.0.0"})

    assert (settings.app_id, settings.app_password, settings.app_type) == (GUID, SECRET, "SingleTenant")
    assert (settings.port, settings.directory, settings.host) == (8080, "graph", "0.0.0.0")
    assert settings.master_key == KEY


@pytest.mark.parametrize(
    "address",
    [
        "postgresql:///vaern",
        "host=/run/postgresql dbname=vaern",
        "postgresql://vaern:x@db.example.org/vaern?sslmode=verify-full",
        "postgresql://vaern:x@database/vaern?sslmode=disable",
    ],
)
def test_postgres_is_taken_with_an_address_of_this_machine_or_one_that_says_how_the_way_is_encrypted(live, address):
    settings = read_settings(live | {"CASE_STORE": "postgres", "VAERN_DATABASE": address})

    assert (settings.case_store, settings.database) == ("postgres", address)
    assert address not in repr(settings)


def test_all_faults_are_told_at_once(live):
    del live["MICROSOFT_APP_ID"]

    assert faults(live | {"CASE_STORE": "postgress", "VAERN_PORT": "http"}) == [
        'CASE_STORE is "postgress". Expected "tinydb" or "postgres".',
        'VAERN_PORT is "http". Expected a port number, 0 to 65535.',
        "MICROSOFT_APP_ID is not set. It is the bot's application id in Entra.",
    ]


def test_environment_and_file_are_told_together(live, tmp_path):
    lines = organisation_faults(live | {"CASE_STORE": "x"}, tmp_path, ("retention_months = 24", "retention_months = 0"))

    assert lines == [
        'CASE_STORE is "x". Expected "tinydb" or "postgres".',
        "organisation.toml: retention_months is 0. Expected a whole number of months, 1 to 600.",
    ]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            {"CASE_STORE": "postgres"},
            "VAERN_DATABASE is not set. It is the PostgreSQL database, with CASE_STORE postgres: its URL or conninfo.",
        ),
        (
            {"CASE_STORE": "postgres", "VAERN_DATABASE": f"postgresql://vaern:{SECRET}%zz@db/vaern"},
            "VAERN_DATABASE holds no address of a database. "
            "Expected postgresql://user:password@host/database?sslmode=verify-full, or libpq's name=value form.",
        ),
        (
            {"CASE_STORE": "postgres", "VAERN_DATABASE": f"postgresql://vaern:{SECRET}@db.example.org/vaern"},
            "VAERN_DATABASE names another machine and does not say how the way to it is encrypted. "
            "Expected sslmode=verify-full; disable only where nobody else is on the way.",
        ),
        ({"VAERN_PORT": "65536"}, 'VAERN_PORT is "65536". Expected a port number, 0 to 65535.'),
        (
            {"VAERN_BOT_HOST": "https://bot.example.dk/"},
            'VAERN_BOT_HOST is "https://bot.example.dk/". '
            "Expected a host name without https:// and path, such as bot.example.dk.",
        ),
        ({"VAERN_DEVELOPMENT": "yes"}, 'VAERN_DEVELOPMENT is "yes". Expected "0" or "1".'),
        (
            {"TEAMS_CATALOG_APP_ID": "vaern"},
            'TEAMS_CATALOG_APP_ID is "vaern". Expected a guid such as 00000000-0000-0000-0000-000000000000.',
        ),
        ({"VAERN_MAILBOX": "vaern"}, 'VAERN_MAILBOX is "vaern". Expected a mail address.'),
        ({"VAERN_KEY_FILE": "key"}, "VAERN_KEY_FILE is set beside VAERN_MASTER_KEY. Expected one of the two."),
        (
            {"MICROSOFT_APP_ID": "vaern"},
            'MICROSOFT_APP_ID is "vaern". Expected a guid such as 00000000-0000-0000-0000-000000000000.',
        ),
        (
            {"MICROSOFT_APP_PASSWORD": " "},
            "MICROSOFT_APP_PASSWORD is not set. "
            "It is the bot's client secret. Not with UserAssignedMSI or a certificate.",
        ),
    ],
)
def test_each_wrong_variable_is_told_with_what_was_expected(live, change, line):
    assert faults(live | change) == [line]


def test_a_managed_identity_has_no_password(live):
    live |= {"MICROSOFT_APP_TYPE": "UserAssignedMSI", "MICROSOFT_APP_PASSWORD": ""}

    assert read_settings(live).app_type == "UserAssignedMSI"


def test_a_certificate_stands_instead_of_the_password_and_not_beside_it(live, tmp_path):
    beside = live | {"MICROSOFT_APP_CERTIFICATE": "vaern.pem"}
    assert faults(beside) == [
        "MICROSOFT_APP_CERTIFICATE is set beside MICROSOFT_APP_PASSWORD. Expected one of the two."
    ]
    (missing,) = faults(beside | {"MICROSOFT_APP_PASSWORD": "", "MICROSOFT_APP_CERTIFICATE": str(tmp_path / "x")})
    assert missing.startswith("MICROSOFT_APP_CERTIFICATE is") and "It cannot be read." in missing


def test_a_workplace_may_name_its_group_in_entra(live, tmp_path):
    assert organisation_faults(live, tmp_path, ("group = [", 'group_id = "staff"\ngroup = [')) == [
        'organisation.toml: workplaces[0].group_id is "staff". '
        "Expected the object id of a group in Entra: a uuid in small letters. "
        "With VAERN_DIRECTORY=graph its members are the health and safety group."
    ]
    written(tmp_path, ("group = [", f'group_id = "{GUID}"\ngroup = ['))
    assert list(read_settings(live).organisation.entra_groups.values()) == [GUID]


def test_without_application_id_the_bot_starts_only_in_development_and_on_this_machine(live):
    nameless = live | {"MICROSOFT_APP_ID": "", "MICROSOFT_APP_PASSWORD": "", "VAERN_DEVELOPMENT": "1"}

    assert read_settings(nameless).nameless and not read_settings(live | {"VAERN_DEVELOPMENT": "1"}).nameless
    assert read_settings(nameless).app_id not in ("", GUID)
    assert faults(nameless | {"VAERN_DEVELOPMENT": "0"})[0].startswith("MICROSOFT_APP_ID is not set.")
    assert faults(nameless | {"VAERN_HOST": "0.0.0.0"})[0].startswith('VAERN_HOST is "0.0.0.0".')


def test_a_rehearsal_listens_on_this_machine_only():
    assert faults({"VAERN_HOST": "192.0.2.1"}, rehearsal=True)[0].startswith('VAERN_HOST is "192.0.2.1".')


def test_a_secret_stands_neither_in_a_fault_nor_in_a_repr(live):
    assert SECRET not in repr(read_settings(live))
    assert live["VAERN_MASTER_KEY"] not in repr(read_settings(live)) and repr(KEY) not in repr(read_settings(live))
    assert faults(live | {"VAERN_MASTER_KEY": SECRET}) == [
        "VAERN_MASTER_KEY holds no key. Expected 32 bytes in base64, `openssl rand -base64 32`."
    ]


def test_the_key_may_lie_in_a_file(live, tmp_path):
    file = tmp_path / "key"
    file.write_bytes(base64.b64encode(KEY) + b"\n")
    del live["VAERN_MASTER_KEY"]

    assert read_settings(live | {"VAERN_KEY_FILE": str(file)}).master_key == KEY
    assert "There is no such file." in faults(live | {"VAERN_KEY_FILE": str(tmp_path / "gone")})[0]
    assert faults(live)[0].startswith("VAERN_MASTER_KEY is not set.")


def test_a_rehearsal_may_name_a_key_file_that_it_makes_itself(tmp_path):
    settings = read_settings({"VAERN_KEY_FILE": str(tmp_path / "new")}, rehearsal=True)

    assert (settings.master_key, settings.key_file) == (None, tmp_path / "new")


def test_the_organisation_is_read_into_its_parts(live):
    organisation = read_settings(live).organisation

    assert organisation.authority == "Københavns Kommune"
    assert organisation.uploads == Uploads(25 * 1024 * 1024, 250 * 1024 * 1024, 200)
    assert organisation.legal_staff == Contact("Juridisk vagt", "00 00 00 01", "weekdays 9-15")
    assert [contact.phone for contact in organisation.crisis_contacts] == ["70 20 74 10", "33 66 57 66", "00 00 00 00"]


def test_what_is_left_out_of_the_organisation_has_its_default(live, tmp_path):
    lines = REHEARSAL_ORGANISATION.read_text(encoding="utf-8").splitlines()
    left_out = ("authority", "retention", "download", "largest", "case_mb", "case_f")
    text = "\n".join(line for line in lines if not line.startswith(left_out))
    Path(live["VAERN_ORGANISATION"]).write_text(text, encoding="utf-8")
    organisation = read_settings(live).organisation

    assert (organisation.authority, organisation.retention_months) == ("Københavns Kommune", 24)
    assert (organisation.uploads.case_files, organisation.download_hosts) == (200, ("*.sharepoint.com",))


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            ('phone = "00 00 01 02"', 'phone = "12"'),
            'people[1].phone is "12". '
            'Expected a phone number of 8 to 15 digits, such as "00 00 00 00" or "+45 00 00 00 00".',
        ),
        (
            ('name = "Mette Lund"\n', ""),
            "people[0].name is not set. Expected first name and last name.",
        ),
        (("retention_months", "retention_month"), 'retention_month is not known here. Expected "retention_months".'),
        (
            ('mail = "mette.lund@example.dk"', 'mail = "jonas.friis@example.dk"'),
            'people[1].mail is "jonas.friis@example.dk". people[0] has it already. Expected each one only once.',
        ),
        (
            ('leader = "5f000000-0000-4000-8000-000000000102"', 'leader = "5f000000-0000-4000-8000-000000000999"'),
            'workplaces[0].leader is "5f000000-0000-4000-8000-000000000999". Nobody under [[people]] has that id.',
        ),
        (
            ('leader = "5f000000-0000-4000-8000-000000000102"', 'leader = "5f000000-0000-4000-8000-000000000103"'),
            "workplaces[0].stand_in is the leader. Expected someone else, who steps in.",
        ),
        (
            ('workplace = "borgerservice-nord"', 'workplace = "borgerservice-syd"'),
            'people[0].workplace is "borgerservice-syd". No [[workplaces]] has that id.',
        ),
        (
            ('administrators = ["5f000000-0000-4000-8000-000000000301"]', 'administrators = ["eva"]'),
            'administrators[0] is "eva". Expected the person\'s object id in Entra: a uuid in small letters.',
        ),
        (
            ('["5f000000-0000-4000-8000-000000000301', '["5f000000-0000-4000-8000-000000000999'),
            'administrators[0] is "5f000000-0000-4000-8000-000000000999". Nobody under [[people]] has that id.',
        ),
        (("case_mb = 250", "case_mb = 251"), "uploads.case_mb is 251. Expected megabytes, 1 to 250."),
        (
            ("retention_months = 24", "retention_months = true"),
            "retention_months is true. Expected a whole number of months, 1 to 600.",
        ),
    ],
)
def test_each_wrong_line_of_the_organisation_is_told_by_file_and_key(live, tmp_path, change, line):
    assert organisation_faults(live, tmp_path, change) == [f"organisation.toml: {line}"]


def test_nobody_is_promised_more_room_than_the_core_has():
    limits = schema()["properties"]["uploads"]["properties"]
    most = {name: limit["maximum"] for name, limit in limits.items()}

    assert most["case_mb"] * MEGABYTE == most["largest_file_mb"] * MEGABYTE == LARGEST_CASE
    assert most["case_files"] == MOST_ITEMS


def test_several_wrong_lines_are_told_together(live, tmp_path):
    changes = ('name = "Mette Lund"', 'name = ""'), ('phone = "00 00 01 02"', 'phone = "-"')

    assert len(organisation_faults(live, tmp_path, *changes)) == 2


def test_a_file_that_is_missing_or_no_toml_is_named(live, tmp_path):
    assert faults(live | {"VAERN_ORGANISATION": str(tmp_path / "away.toml")})[0].startswith("away.toml cannot be read.")
    assert "is not TOML. The parser says:" in organisation_faults(live, tmp_path, more="\n[[people")[0]


def test_every_setting_has_a_row_with_its_meaning():
    rows = settings_rows()
    names = [name for name, *_ in rows]

    assert {key.name for key in ENVIRONMENT} <= set(names) and len(names) == len(set(names))
    assert all(meaning for *_, meaning in rows)
    assert set(tomllib.loads(REHEARSAL_ORGANISATION.read_text(encoding="utf-8"))) <= set(names)


def test_a_secret_may_lie_in_a_file(live, tmp_path):
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    live |= {"MICROSOFT_APP_PASSWORD": "", "MICROSOFT_APP_PASSWORD_FILE": str(tmp_path / "secret")}

    assert read_settings(live).app_password == SECRET


def test_a_secrets_file_is_named_when_it_cannot_be_read_or_is_one_too_many(live, tmp_path):
    missing = tmp_path / "missing"
    both = faults(live | {"MICROSOFT_APP_PASSWORD_FILE": str(missing)})
    alone = faults(live | {"MICROSOFT_APP_PASSWORD": "", "MICROSOFT_APP_PASSWORD_FILE": str(missing)})

    assert both == ["MICROSOFT_APP_PASSWORD_FILE is set beside MICROSOFT_APP_PASSWORD. Expected one of the two."]
    assert alone[0].startswith(f'MICROSOFT_APP_PASSWORD_FILE is "{missing}"'[:40])
    assert not [line for line in both + alone if SECRET in line]


JONAS, KARIN = "5f000000-0000-4000-8000-000000000102", "5f000000-0000-4000-8000-000000000103"


def absence(person: str = JONAS, first: str = "2026-07-01", last: str = "2026-07-21", stand_in: str = "") -> str:
    more = f'stand_in = "{stand_in}"\n' if stand_in else ""
    return f'\n[[absences]]\nperson = "{person}"\nfrom = {first}\nto = {last}\n{more}'


@pytest.mark.parametrize("first", ["2026-07-01", '"2026-07-01"'])
def test_absences_are_read_with_or_without_quotation_marks_round_the_days(live, tmp_path, first):
    written(tmp_path, more=absence(first=first, stand_in=KARIN))
    (found,) = read_settings(live).organisation.absences

    assert (found.person, found.stand_in) == (JONAS, KARIN)
    assert (found.first_day.isoformat(), found.last_day.isoformat()) == ("2026-07-01", "2026-07-21")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (absence(last="2026-06-30"), "It is before the first day"),
        (absence(last='"2026-06-31"'), "There is no such day"),
        (absence(last="2026-06-30T10:00:00"), "Expected a day as year-month-day"),
        (absence(stand_in=JONAS), "is the one who is away"),
        (absence(person="5f000000-0000-4000-8000-00000000ffff"), "Nobody under [[people]] has that id"),
    ],
)
def test_an_absence_that_cannot_be_is_told_by_key(live, tmp_path, wrong, said):
    (told,) = organisation_faults(live, tmp_path, more=wrong)

    assert "absences[0]." in told and said in told


def test_a_number_is_a_whole_one_also_when_it_is_written_with_a_point(tmp_path):
    """JSON schema takes 24.0 for an integer: cards would say »24.0 måneder«."""
    text = REHEARSAL_ORGANISATION.read_text(encoding="utf-8")
    text = text.replace("retention_months = 24", "retention_months = 24.0")
    file = tmp_path / "organisation.toml"
    file.write_text(text, encoding="utf-8")
    found, faults = read_organisation(file)
    assert faults or (found and isinstance(found.retention_months, int))
