"""What can go wrong between us and the channel, named after what the sender should do next."""


class ChannelFault(Exception):
    """The channel refuses what we sent, or us. Sending it again will not help; somebody has to look.

    `status` is the HTTP status, None when there was none; `code` is the channel's own error code, "" when it gave none.
    Never holds what was sent.
    """

    def __init__(self, status: int | None, code: str = "") -> None:
        super().__init__(f"status {status}, code {code or 'none'}")
        self.status, self.code = status, code


class DefiniteNo(ChannelFault):
    """It was not taken, and may be sent again.

    `retry_after`: seconds the channel asks us to wait, None when it did not say.
    """

    def __init__(self, status: int | None, retry_after: float | None = None, code: str = "") -> None:
        super().__init__(status, code)
        self.retry_after = retry_after


class Ambiguous(ChannelFault):
    """It may or may not have been taken: sending it again may show it twice."""


class Unreachable(ChannelFault):
    """The conversation is closed to us (403, 404) until they write again or the app is installed again."""


class TurnedAway(PermissionError):
    """Somebody at the door who is not let in: `status` 401 (we do not know you) or 403 (not here), `key` says why."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status, self.key = status, key


class Malformed(Exception):
    """The body is not an activity. `key` says in what way; never what was in it."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key
