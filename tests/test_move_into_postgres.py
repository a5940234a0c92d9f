"""What the embedded store keeps beside cases goes into the database with them."""

from bot.move import move_store
from bot.stores.postgres_shelf import PostgresShelf
from bot.stores.postgres_store import PostgresCaseStore
from bot.stores.shelf import FileShelf
from bot.stores.vault import Vault
from tests.postgres_server import server
from tests.story import MASTER_KEY, story


async def test_wordings_that_somebody_may_have_answered_and_messages_not_yet_answered_go_too(tmp_path):
    """Of wordings it is the only record of the words behind a yes, and what keeps them from being changed."""
    async with story(folder=tmp_path) as s:
        await s.report(s.mette)
    vault = Vault(tmp_path / "keys", MASTER_KEY)
    for name in ("wordings", "offers"):
        await FileShelf(tmp_path / name, vault, name).put("key", {"kept": True})
    address = server().fresh()
    await move_store(tmp_path, address, MASTER_KEY)
    store = await PostgresCaseStore.open(address, MASTER_KEY)
    found = {name: await PostgresShelf(store.database, store.master, name).get("key") for name in ("wordings", "offers")}
    await store.close()

    assert found == {"wordings": {"kept": True}, "offers": {"kept": True}}
