"""Where things lie: what the program ships, and what belongs to the person at this machine."""

import sys
from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """The folder of everything the program ships beside its code, frozen or not."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return root / "resources"


def migrations() -> Path:
    """The folder of the numbered steps that build and change the tables."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return root / "app" / "models" / "migrations"


def salon_folder() -> Path:
    """The folder of the salon's own data on this machine."""
    import platformdirs  # imported late: not needed when the database is named on the command line

    return Path(platformdirs.user_data_dir("Vizit", appauthor=False))


def default_database() -> Path:
    """The file that the program opens when none is named."""
    return salon_folder() / "salon.vizit"


def sample_database() -> Path:
    """The file of the sample salon; never the real one."""
    return salon_folder() / "sample.vizit"


def backups_folder() -> Path:
    """Where copies of the salon are kept until somebody chooses a folder."""
    return salon_folder() / "backups"


def settings_file() -> Path:
    """The file of what this machine prefers: language, theme, window."""
    import platformdirs  # imported late, as above

    return Path(platformdirs.user_config_dir("Vizit", appauthor=False)) / "settings.toml"
