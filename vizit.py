"""Open Vizit, or test it, on a computer that has only Python.

    python3 vizit.py                    open the program
    python3 vizit.py test               check and test everything; --slow also measures and freezes
    python3 vizit.py test PATH…         only these tests (any arguments of pytest)
    python3 vizit.py COMMAND …          any command of the program: import, report, sample, tour, …

It needs the standard library alone. The first call makes an environment in ``.venv`` from the exact versions
in ``requirements.lock``, checked by hash, and installs Qt's system libraries where it may (Debian, Ubuntu).
Later calls find everything in place and need no network.
"""

import ctypes
import hashlib
import locale
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WINDOWS = sys.platform == "win32"
LINUX = sys.platform.startswith("linux")
RUSSIAN = (
    (os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or locale.getlocale()[0] or "")
    .lower()
    .startswith("ru")
)


def say(russian, english):
    """Tell the user one thing in their language."""
    print(russian if RUSSIAN else english, flush=True)


def stop(russian, english):
    """Say why it cannot go on, and end with exit code 1."""
    print(russian if RUSSIAN else english, file=sys.stderr, flush=True)
    sys.exit(1)


if not (3, 11) <= sys.version_info[:2] <= (3, 14):
    stop(
        "Для «Визита» нужен Python от 3.11 до 3.14, а это Python {}.{}.".format(*sys.version_info[:2]),
        "Vizit needs Python 3.11 to 3.14, and this is Python {}.{}.".format(*sys.version_info[:2]),
    )

# Inside the environment itself this is the Python it was made from: an environment cannot replace itself.
BASE_PYTHON = getattr(sys, "_base_executable", None) or sys.executable
LOCK = ROOT / "requirements.lock"
UV_LOCK = ROOT / "requirements-uv.lock"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
STAMP = VENV / "made-from"
TYPES_STAMP = VENV / "types-of"

# What Qt loads by name and a minimal Debian or Ubuntu lacks: library → package.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def main(arguments):
    """Make the environment if it is not there, then do what was asked; return the exit code."""
    prepare(freezing=arguments[:1] == ["test"] and "--slow" in arguments)
    if arguments[:1] == ["test"]:
        return run_tests(arguments[1:])
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if LINUX and not arguments and not any(map(os.environ.get, screens)):
        arguments = tour_instead()
    return become([PYTHON, "-P", "-m", "app", *arguments], dict(os.environ))


def prepare(freezing=False):
    """Bring the system's libraries, the environment and the translations to what this version needs."""
    uv = ROOT / ".tools" / digest(UV_LOCK) / "bin" / ("uv.exe" if WINDOWS else "uv")
    if LINUX:
        install_missing(missing_packages(uv, freezing))
    place = "{} with Python {}.{}".format(ROOT, *sys.version_info[:2])
    packages = digest(LOCK, UV_LOCK, ROOT / "pyproject.toml")
    was = STAMP.read_text(encoding="utf-8").splitlines() if STAMP.exists() and PYTHON.exists() else []
    if was != [place, packages]:
        make_environment(uv, afresh=was[:1] != [place])
        STAMP.write_text(f"{place}\n{packages}\n", encoding="utf-8")
    compile_translations()


def digest(*files):
    """Name the content of these files, so that a change of any of them is noticed."""
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]


def missing_packages(uv, freezing):
    """Name the Debian packages without which the next steps would fail."""
    missing = [package for library, package in QT_LIBRARIES.items() if not loads(library)]
    python_of_debian = BASE_PYTHON.startswith("/usr/bin/")
    if python_of_debian and not uv.exists() and not works([BASE_PYTHON, "-m", "pip", "--version"]):
        missing.append("python3-pip")
    if freezing and not shutil.which("objdump"):
        missing.append("binutils")
    shared_python = "libpython{}.{}".format(*sys.version_info[:2])
    if freezing and python_of_debian and not loads(shared_python + ".so.1.0"):
        missing.append(shared_python)
    return missing


def loads(library):
    """Tell whether the system finds this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def works(command):
    """Tell whether a command succeeds, whatever it prints."""
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode == 0


def install_missing(packages):
    """Install these Debian packages as root or by sudo without a password, or name the line that does it."""
    if not packages:
        return
    listed = " ".join(packages)
    line = f"sudo apt-get update && sudo apt-get install --no-install-recommends {listed}"
    root = os.geteuid() == 0
    may = root or (shutil.which("sudo") and works(["sudo", "-n", "true"]))
    if not (may and shutil.which("apt-get")):
        stop(
            f"Системе не хватает пакетов. Установите их (здесь — как в Debian): {line}",
            f"System packages are missing. Install them (as Debian does it): {line}",
        )
    say(f"Устанавливаю пакеты системы: {listed}", f"Installing system packages: {listed}")
    sudo = [] if root else ["sudo", "-n"]
    install = [
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "install",
        "-qq",
        "--no-install-recommends",
    ]
    if not (quiet([*sudo, "apt-get", "update"]) and quiet([*sudo, *install, *packages])):
        stop(f"Не получилось. Установите их сами: {line}", f"That failed. Install them yourself: {line}")


def quiet(command):
    """Run a command without its chatter, but with its complaints; tell whether it succeeded."""
    nothing = subprocess.DEVNULL
    return subprocess.run(command, stdout=nothing, stdin=nothing, check=False).returncode == 0


def make_environment(uv, *, afresh):
    """Install exactly the locked packages into ``.venv``, and the program itself beside them."""
    say(
        "Готовлю окружение, в первый раз это займёт минуту…",
        "Preparing the environment, the first time takes a minute…",
    )
    if not uv.exists():
        pip = [BASE_PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input"]
        target = ["--root-user-action=ignore", "--target", uv.parent.parent]
        must([*pip, *target, "--no-deps", "--require-hashes", "-r", UV_LOCK])
    manner = [] if sys.stderr.isatty() else ["--quiet"]
    if afresh:
        must([uv, "venv", "--quiet", "--clear", "--no-python-downloads", "--python", BASE_PYTHON, VENV])
    sync = [uv, "pip", "sync", "--require-hashes", "--python", PYTHON, LOCK]
    # What this computer has downloaded once is taken from there: the hashes say that it is the same.
    if not works([*sync, "--offline"]):
        must([*sync, *manner])
    # uv brings the backend named in pyproject.toml, so this builds nothing and asks nobody.
    must([uv, "pip", "install", "--quiet", "--offline", "--no-deps", "--python", PYTHON, "--editable", ROOT])


def must(command):
    """Run one step of the preparation; say what to look at when it fails."""
    if subprocess.run([str(part) for part in command], check=False, cwd=ROOT).returncode:
        stop(
            "Окружение собрать не удалось, причина выше. Чаще всего нет интернета или у Python нет pip.",
            "The environment could not be made, see above why. Mostly: no internet, or Python lacks pip.",
        )


def compile_translations():
    """Compile every catalogue of translations that is newer than its compiled form."""
    for source in ROOT.glob("resources/locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            babel = [PYTHON, "-m", "babel.messages.frontend", "--quiet", "compile"]
            must([*babel, "--locale", source.parent.parent.name, "-i", source, "-o", compiled])


def tour_instead():
    """Without a screen nobody would see a window: draw every screen into files instead."""
    folder = ROOT / "out" / "tour"
    say(
        f"Экрана нет, поэтому вместо окна рисую все экраны программы в папку {folder}.",
        f"There is no display, so instead of a window every screen is drawn into {folder}.",
    )
    return ["tour", str(folder)]


def become(command, environment):
    """Run the program in place of this process; Windows cannot, so there it is awaited."""
    command = [str(part) for part in command]
    if not WINDOWS:
        os.execve(command[0], command, environment)
    return subprocess.run(command, env=environment, check=False).returncode


def run_tests(arguments):
    """Run the checks and all tests, or only the tests that the arguments name; return the exit code."""
    everything = all(argument == "--slow" for argument in arguments)
    steps = [[PYTHON, "-m", "pytest", *arguments]]
    if everything:
        together = ["-n", "auto", "--maxprocesses=4", "--dist=worksteal", *arguments]
        steps = [[PYTHON, "-m", "pytest", *together]]
        if arguments:
            # Measuring doubles the time, so it is done where there is time, and only of the salon's own tests: what
            # others reach of it has tests of its own.
            measured = ["--cov", "--cov-report=term", "--cov-fail-under=95"]
            own = ["tests/models", "tests/salon"]
            steps = [
                [PYTHON, "-m", "pytest", *own, *measured, *together],
                [PYTHON, "-m", "pytest", *(f"--ignore={folder}" for folder in own), *together],
            ]
        steps[:0] = [
            [PYTHON, "-m", "ruff", "check"],
            [PYTHON, "-m", "ruff", "format", "--check"],
            [PYTHON.parent / "lint-imports", "--no-logo"],
        ]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # Many tests start the program anew: what was compiled once need not be compiled each time.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    failed = []
    with tempfile.TemporaryFile() as told:
        # Reading the types takes one core: it is done beside the tests, where a core is free now and then.
        types, read = [PYTHON, "-m", "pyright"], types_depend_on()
        known = not arguments and TYPES_STAMP.exists() and TYPES_STAMP.read_text(encoding="utf-8") == read
        beside = started(types, environment, told) if everything and not known else None
        for step in steps:
            print(f"== {name_of(step)}", flush=True)
            if started(step, environment).wait():
                failed.append(name_of(step))
        if beside:
            code = beside.wait()
            told.seek(0)
            print(f"== {name_of(types)}", told.read().decode(errors="replace"), sep="\n", end="", flush=True)
            failed += [name_of(types)] if code else []
            if not code:
                TYPES_STAMP.write_text(read, encoding="utf-8")
        elif everything:
            print(f"== {name_of(types)}: nothing that it reads has changed since it found no fault", flush=True)
    if failed:
        print("== failed: " + "; ".join(failed), flush=True)
    return 1 if failed else 0


def types_depend_on():
    """Name what the types are read from: the modules without a screen, and the packages that they call."""
    modules = [one for folder in ("app", "app/models", "app/salon") for one in ROOT.glob(f"{folder}/*.py")]
    modules += [*ROOT.glob("app/models/*/**/*.py"), *ROOT.glob("app/salon/*/**/*.py")]
    files = sorted([*modules, LOCK, ROOT / "pyproject.toml"])
    names = "\n".join(str(one.relative_to(ROOT)) for one in files)
    return f"{digest(*files)}\n{names}"


def name_of(step):
    """Name a check as the user would type it."""
    return " ".join(part.name if isinstance(part, Path) else part for part in step if part not in (PYTHON, "-m"))


def started(step, environment, into=None):
    """Start a check; what it says goes to the screen, or into a file."""
    mixed = subprocess.STDOUT if into else None
    return subprocess.Popen([str(part) for part in step], cwd=ROOT, env=environment, stdout=into, stderr=mixed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
