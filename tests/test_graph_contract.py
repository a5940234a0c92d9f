"""The contract itself: what it lets through, what it refuses, and that it covers everything we send."""

import json
from typing import Any

import pytest

from bot.directory.graph_requests import CALLS
from tests.graph_contract import NOT_DESCRIBED, described, extract, faults
from tests.graph_world import MAIL_BODY

JSON = {"Content-Type": "application/json"}


def mail(**changes: Any) -> list[str]:
    return faults("POST", "/users/box/sendMail", {}, JSON, json.dumps(MAIL_BODY | changes).encode())


def test_every_request_we_can_send_is_in_the_contract_and_nothing_else_is():
    assert {f"{call.method} {call.path}" for call in CALLS} == {name for name in extract() if " " in name}


def test_every_query_we_can_send_is_in_the_contract():
    for call in CALLS:
        assert set(call.query) <= set(extract()[f"{call.method} {call.path}"]["query"]), call


def test_a_good_request_is_taken():
    assert mail() == []
    assert faults("GET", "/users/1/manager", {"$select": "id,mail"}, {}, b"") == []


@pytest.mark.parametrize(
    ("method", "path", "query", "headers"),
    [
        ("DELETE", "/users/1", {}, {}),
        ("GET", "/me", {}, {}),
        ("GET", "/users/1/2/manager", {}, {}),
        ("GET", "/users/1", {"$expand": "manager"}, {}),
        ("GET", "/users/1", {"$select": "id,aboutMe"}, {}),
        ("GET", "/users", {"$search": '"displayName:x"'}, {}),
    ],
)
def test_what_we_never_ask_is_refused(method, path, query, headers):
    assert faults(method, path, query, headers, b"")


@pytest.mark.parametrize("changes", [{"saveToSentItems": True}, {"message": {}}, {"more": 1}])
def test_a_body_of_another_shape_is_refused(changes):
    assert mail(**changes)


def test_where_microsofts_own_metadata_lies_beside_us_it_knows_each_of_our_requests():
    paths = (described() or {"paths": {name.split(" ")[1]: {} for name in extract() if " " in name}})["paths"]

    unknown = {call.path for call in CALLS} - set(paths)
    assert unknown <= set(NOT_DESCRIBED)
