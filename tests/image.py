"""The image without a container engine: the Dockerfile's own words, its files laid out, its processes in a jail.

The Dockerfile is read by the parser that engines use, .dockerignore by the library that speaks to them.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import dockerfile
from docker.utils.build import exclude_paths

from tests.house import ROOT

JAIL = Path(__file__).parent / "read_only_root.sh"
SYSTEM = ("bin", "etc", "lib", "lib32", "lib64", "libx32", "sbin", "usr")
"""What the base image would bring; here this machine's own, for reading only."""
MOUNTED = ("app", "data", "dev", "proc", "tmp", "venv", "config")


@dataclass
class Image:
    """The last stage of the Dockerfile: what is in it and how it is run."""

    base: str = ""
    copies: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    from_build: list[tuple[str, ...]] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    user: str = ""
    folder: str = "/"
    entrypoint: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    health: tuple[str, ...] = ()
    other: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def uid(self) -> int:
        return int(self.user.split(":")[0])


def read_image(file: Path) -> Image:
    """What the last stage says. An instruction that nobody here understands is an error, never passed over."""
    image = Image()
    for step in dockerfile.parse_file(str(file)):
        match step.cmd:
            case "FROM":
                image = Image(base=step.value[0])
            case "COPY" if step.flags == ("--from=build",):
                image.from_build.append(step.value)
            case "COPY" if not step.flags:
                image.copies.append((step.value[:-1], step.value[-1]))
            case "RUN":
                image.runs.append(step.value[0])
            case "ENV":
                image.environment |= dict(zip(step.value[::2], step.value[1::2], strict=True))
            case "USER":
                image.user = step.value[0]
            case "WORKDIR":
                image.folder = step.value[0]
            case "ENTRYPOINT" | "CMD" if step.json:
                _run_by(image, step)
            case "HEALTHCHECK" if step.value[0] == "CMD":
                image.health = step.value[1:]
            case "VOLUME" | "EXPOSE" | "STOPSIGNAL":
                image.other[step.cmd] = step.value
            case _:
                raise AssertionError(f"{file.name}:{step.start_line}: {step.original}: not understood here.")
    return image


def _run_by(image: Image, step: dockerfile.Command) -> None:
    if step.cmd == "CMD":
        image.command = step.value
    else:
        image.entrypoint = step.value


def context(root: Path) -> set[str]:
    """The files an engine is sent: everything that .dockerignore lets through."""
    lines = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    sent = exclude_paths(str(root), patterns, dockerfile="Dockerfile")
    return {name.replace(os.sep, "/") for name in sent if (root / name).is_file()}


def files_of(image: Image, root: Path) -> dict[str, Path]:
    """Place in the image → the file that is copied there. Of a folder its content is copied."""
    sent, found = context(root), {}
    for sources, to in image.copies:
        for source in sources:
            copied = {name for name in sent if name == source or name.startswith(f"{source}/")}
            assert copied, f"COPY {source}: .dockerignore lets nothing of it through."
            for name in copied:
                place = f"{to.rstrip('/')}/{name.removeprefix(source).lstrip('/') or Path(name).name}"
                found[place] = root / name
    return found


def lay_out(image: Image, folder: Path) -> Path:
    """A root folder with the image's files, and empty places where the rest is mounted."""
    root = folder / "root"
    for name in MOUNTED:
        (root / name).mkdir(parents=True)
    for place, file in files_of(image, ROOT).items():
        target = root / place.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    _system(root)
    for name in ("null", "urandom", "zero"):
        (root / "dev" / name).touch()
    return root


def _system(root: Path) -> None:
    for name in SYSTEM:
        there = Path("/") / name
        if there.is_symlink():
            (root / name).symlink_to(os.readlink(there))
        elif there.is_dir():
            (root / name).mkdir()
    base = Path(sys.base_prefix)
    if not base.is_relative_to("/usr"):
        (root / base.relative_to("/")).mkdir(parents=True)


def jailed(image: Image, root: Path, way: str, command: tuple[str, ...], **environment: str) -> list[str]:
    """The command line that runs the command as the image would: its user, folder, environment and root."""
    data = root.with_name("data")
    told = [f"{name}={value}" for name, value in (image.environment | environment).items()]
    places = [str(root), str(data), sys.prefix, sys.base_prefix]
    return [*_alone(way), "sh", str(JAIL), way, str(image.uid), image.folder, *places, *told, *command]


def _alone(way: str) -> Iterator[str]:
    """`root` needs to be root; `user` asks the kernel for a user of its own, as anybody may."""
    yield "unshare"
    if way == "user":
        yield from ("--user", "--map-root-user")
    yield from ("--mount", "--propagation", "private")


def ways() -> tuple[str, ...]:
    return ("root", "user") if os.geteuid() == 0 else ("user",)
