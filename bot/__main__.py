"""`python -m bot`: serve. `python -m bot --help` lists what else it does."""

import argparse
import logging
import os
import sys

import structlog

from bot.errands import (
    backup,
    check,
    move,
    move_store,
    overlay,
    package,
    playground,
    restore,
    rotate_key,
    serve,
    settings,
    signing_key,
    verify,
)
from bot.keeping.anchoring import AnchorFault
from bot.keeping.backup import BackupFault
from bot.setup.package import PackageFault
from bot.setup.settings import SettingsFault
from bot.stores import StoreAway, StoreInUse, TooManyUnreadable, WrongKey
from bot.stores.vault import BadMasterKey

ERRANDS = (
    serve,
    package,
    move,
    backup,
    restore,
    rotate_key,
    move_store,
    check,
    overlay,
    settings,
    playground,
    verify,
    signing_key,
)
STARTING = (
    SettingsFault,
    PackageFault,
    AnchorFault,
    BackupFault,
    StoreAway,
    StoreInUse,
    TooManyUnreadable,
    BadMasterKey,
    WrongKey,
    OSError,
)
"""What may be wrong before anything runs: said in words, without a traceback."""


def main() -> int:
    chosen = _parser().parse_args()
    _quiet()
    try:
        return chosen.run(chosen)
    except STARTING as fault:
        print(fault, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    """Without an errand it serves, so what can be said with `serve` can be said alone."""
    parser = argparse.ArgumentParser(prog="python -m bot", description=serve.__doc__)
    serve.options(parser)
    parser.set_defaults(run=serve.run)
    errands = parser.add_subparsers(title="errands", metavar="ERRAND")
    for errand in ERRANDS:
        own = errands.add_parser(errand.NAME, help=errand.__doc__.splitlines()[0], description=errand.__doc__)
        errand.options(own)
        own.set_defaults(run=errand.run)
    return parser


def _quiet() -> None:
    """Logs are one JSON line per turn, ids only, on standard error."""
    level = getattr(logging, os.environ.get("VAERN_LOG", "WARNING").upper(), logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.getLogger().addHandler(Others(level=logging.WARNING))


class Others(logging.Handler):
    """What the libraries log, as one line like ours: who, and the kind of fault. Their texts hold what was sent."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        structlog.get_logger().warning("library", logger=record.name, level_there=record.levelname, error=kind)


if __name__ == "__main__":
    sys.exit(main())
