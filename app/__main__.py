"""The command line: a command goes to ``cli``, no command opens the program."""

import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run the program with ``arguments`` (without its own name); returns the exit code."""
    from app import cli

    given = sys.argv[1:] if arguments is None else arguments
    try:
        wanted = cli.parse(given)
    except cli.Misunderstood as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    if wanted.command:
        return cli.run(wanted)
    return _open_window(wanted.database, wanted.language)


def _open_window(database: Path | None, spoken: str | None) -> int:
    from app import explain, paths, settings
    from app.errors import SalonError, Trouble
    from app.launch import Places, application, build
    from app.vocabulary import Language

    app = application(sys.argv[:1])
    preferred = settings.read(paths.settings_file())
    chosen = database or (Path(preferred.database) if preferred.database else paths.default_database())
    try:
        running = build(
            app, Places(chosen, paths.settings_file()), spoken=Language(spoken) if spoken else None
        )
    except (SalonError, Trouble) as error:
        from app.ui.asking import QtAsker

        sys.stderr.write(explain.sentence(error) + "\n")
        QtAsker().tell("Vizit", explain.sentence(error))
        return 1
    from app import logs

    logs.write_to(paths.salon_folder() / "logs")
    running.window.show_restored()
    try:
        return app.exec()
    finally:
        running.close()


if __name__ == "__main__":
    sys.exit(main())
