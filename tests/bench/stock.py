"""What the stock SDK needs to run beside a local identity: a token for calling out that it already has.

Its own way asks MSAL for one over the network within the loop; it is spared that here, which speaks for it.
"""

from botframework.connector.auth import AppCredentials, ServiceClientCredentialsFactory


class Held(AppCredentials):
    def get_access_token(self, force_refresh: bool = False) -> str:
        return "held"


class Credentials(ServiceClientCredentialsFactory):
    def __init__(self, app_id: str) -> None:
        self.app_id = app_id

    async def is_valid_app_id(self, app_id: str) -> bool:
        return app_id == self.app_id

    async def is_authentication_disabled(self) -> bool:
        return False

    async def create_credentials(
        self, app_id: str, oauth_scope: str, login_endpoint: str, validate_authority: bool
    ) -> Held:
        return Held(app_id, oauth_scope=oauth_scope)
