"""A file with a hundred thousand clients and their visits: for the search, the list and the card."""

from pathlib import Path

from app.clock import standing_at
from app.models.opening import create
from app.salon.exchange import sample
from app.salon.exchange.sample.large import Scale
from app.salon.transaction import Salon
from tests.benchmarks import ten_years
from tests.benchmarks.ten_years import TODAY as TODAY

NAME = "hundred-thousand-clients-1.vizit"
"""With a number that rises when the sample changes."""
CLIENTS = 100_000
_YEARS = 5
_A_YEAR = Scale(masters=12, clients=CLIENTS // _YEARS, services=100_000)


def file(folder: Path) -> Path:
    """The file in ``folder``; making it takes about a minute."""
    path = folder / NAME
    if not path.exists():
        unfinished = folder / f"{NAME}.unfinished"
        unfinished.unlink(missing_ok=True)
        salon = Salon(create(unfinished), standing_at(ten_years.NOW, ten_years.ZONE))
        sample.make_large(salon, TODAY, years=_YEARS, a_year=_A_YEAR)
        salon.database.close()
        unfinished.replace(path)
    return path
