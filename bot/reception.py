"""The first thing anybody meets: buttons outside the cases, typed words, and the way into a dialog."""

from collections.abc import Awaitable, Callable

from cards.show import Shown

Say = Callable[[Shown], Awaitable[str]]
