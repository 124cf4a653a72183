"""A small export in the format of the shipped profile: one row for each thing that an import has to decide."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.clock import standing_at
from app.models import ALL_TABLES
from app.models.connection import Database, table_name
from app.salon.exchange import salon_import
from app.salon.exchange.report import ImportReport
from app.salon.transaction import Salon
from tests.builders import at, new_database

ZONE = "America/Vancouver"
TODAY = date(2018, 7, 30)
"""A Monday."""

SERVICES = "Service Listing0.csv"
PRODUCTS = "Product Listing (Retail)0.csv"
BOOKINGS = "Future Bookings (All Clients)0.csv"
RECEIPTS = "Receipt Transactions0.csv"
CANCELLATIONS = "Client Cancellations0.csv"
NO_SHOWS = "No-Show Report0.csv"


def _services() -> list[str]:
    return [
        "IsActive,Code,Desc,Cate,Price,Cost",
        "TRUE,SHCW,Women's hair cut,STYLE,102,5",
        "TRUE,SBD,Blowdry,STYLE,0,5",
        "TRUE,CTU,Color touch up,COLOR,0,10",
        "TRUE,SMARTBOND,Smart Bond,MISC,25,10",
        "TRUE,MISC,miscellaneous,MISC,0,0",
        "TRUE,F&F,,MISC,0,0",
        "FALSE,OLD,Perm,STYLE,90,5",
    ]


def _products() -> list[str]:
    return ["IsActive,Code,Description", "TRUE,AGBOOST,AG Boost 355ml", "TRUE,MISC,"]


def _bookings() -> list[str]:
    return [
        "Code,Staff,Service,Date,Time,TimeInt",
        "ANNA01,JJ,SHCW,07/10/2018,10:00:00 AM,600",
        "BELL01,JJ,SHCW,07/10/2018,10:10:00 AM,610",
        "ANNA01,JOANNE,CTU,07/10/2018,11:00:00 AM,660",
        "CARA01,JJ,SBD,07/11/2018,9:00:00 AM,540",
        "DORA01,JJ,SBD,07/12/2018,12:30:00 PM,750",
        ",JJ,SHCW,07/13/2018,3:00:00 PM,900",
        ",JJ,SBD,07/14/2018,3:00:00 PM,900",
        "EVA01,HOUSE,SBD,07/17/2018,9:00:00 AM,540",
        "ANNA01,JJ,SHCW,08/15/2018,10:00:00 AM,600",
        "BELL01,JOANNE,SBD,07/30/2018,5:30:00 PM,1050",
    ]


def _receipts() -> list[str]:
    return [
        "Receipt,Date,Description,Client,Staff,Quantity,Amount,GST,PST",
        "1,07/10/2018,Women's hair cut,ANNA01,JJ,1,102,5.1,8.16",
        "1,07/10/2018,Color touch up,ANNA01,JOANNE,1,70.55,3.5275,5.644",
        "1,07/10/2018,Smart Bond,ANNA01,JOANNE,2,50,2.5,4",
        "1,07/10/2018,AG Boost 355ml,ANNA01,JJ,1,27,1.35,2.16",
        "2,07/10/2018,Blowdry,BELL01,JJ,1,82,4.1,6.56",
        "2,07/10/2018,miscellaneous,BELL01,HOUSE,1,-50,-2.5,-4",
        "3,07/17/2018,Blowdry,EVA01,HOUSE,1,45,2.25,3.6",
        "4,07/18/2018,Blowdry,WALK_IN,JJ,1,45,2.25,3.6",
        "4,07/18/2018,,WALK_IN,JJ,1,31.23,1.5615,2.4984",
        "5,07/18/2018,Blowdry,WALK_IN,JJ,1,45,2.25,3.6",
        "6,07/19/2018,Blowdry,FAY01,JOANNE,1,0,0,0",
        "7,07/19/2018,AG Boost 355ml,GINA01,JJ,-1,-27,-1.35,-2.16",
        "8,07/19/2018,AG Boost 355ml,WALK_IN,JJ,1,27,1.35,2.16",
        "8,07/19/2018,AG Boost 355ml,WALK_IN,JJ,1,27,1.35,2.16",
    ]


def _cancellations() -> list[str]:
    return [
        "Cancel Date,Code,Service,Staff,Booking Date,Canceled By,Days",
        "07/18/2018,HANA01,SBD,JJ,07/20/2018,JJ,2",
        "07/19/2018,HANA01,SHCW,JOANNE,07/20/2018,ADMIN,1",
        "07/09/2018,ANNA01,SBD,JJ,07/10/2018,JJ,",
    ]


def _no_shows() -> list[str]:
    return ["Date,Code,Service,Staff", "07/11/2018,CARA01,SBD,JJ", "07/13/2018,,SHCW,JJ"]


@dataclass(slots=True)
class MiniExport:
    """Six files as lists of lines; change the lines, then import."""

    folder: Path
    lines: dict[str, list[str]] = field(
        default_factory=lambda: {
            SERVICES: _services(),
            PRODUCTS: _products(),
            BOOKINGS: _bookings(),
            RECEIPTS: _receipts(),
            CANCELLATIONS: _cancellations(),
            NO_SHOWS: _no_shows(),
        }
    )

    def add(self, name: str, *lines: str) -> None:
        """Add rows to a file."""
        self.lines[name] += lines

    def write(self, encoding: str = "utf-8") -> Path:
        """Put the files into their folder."""
        self.folder.mkdir(exist_ok=True)
        for name, lines in self.lines.items():
            (self.folder / name).write_text("\n".join(lines), encoding=encoding, newline="")
        return self.folder

    def into(self, salon: Salon, *, today: date = TODAY, dry_run: bool = False) -> ImportReport:
        """Write the files and import them."""
        return salon_import.run(salon, "salon-csv", self.write(), today=today, dry_run=dry_run)


def empty_salon(today: date = TODAY) -> Salon:
    """A new salon in memory, at 9:00 of ``today`` on a wall in Vancouver."""
    return Salon(new_database(), standing_at(at(9, day=today), ZONE), "Owner")


def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    return {table_name(table): database.rows(f'SELECT * FROM "{table_name(table)}"') for table in ALL_TABLES}
