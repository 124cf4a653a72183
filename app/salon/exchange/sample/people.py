"""The sample's clients: who they are, what their cards say, and what they come for."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from app.salon.exchange.sample.material import Material, WrittenAlert
from app.vocabulary import ContactKind

_FICTIONAL_CODES = ("972", "973", "974", "975", "976")
"""Look like Russian mobile codes, but no operator has been given them: nobody can be rung by mistake."""


@dataclass(frozen=True, slots=True)
class Need:
    """Why somebody keeps coming: a service, how often (days), to whom, and what is often added."""

    service: str
    every_days: int
    master: str
    added: tuple[tuple[str, str, float], ...] = ()
    """Services that may follow in the same visit, each with its master and how often (share of visits)."""
    instead: tuple[tuple[str, float], ...] = ()
    """Services that may take the place of the usual one, each with its share."""


@dataclass(frozen=True, slots=True)
class WrittenContact:
    """A contact point of a card."""

    kind: ContactKind
    typed: str
    value: str
    whose: str = ""


@dataclass(slots=True)
class Person:
    """A client with their card and their habits. ``comes_at`` is the minute of the day at which they like to come."""

    name: str
    is_man: bool = False
    wishes: str = ""
    notes: str = ""
    birthday: date | None = None
    contacts: tuple[WrittenContact, ...] = ()
    alerts: tuple[WrittenAlert, ...] = ()
    needs: tuple[Need, ...] = ()
    comes_at: int = 12 * 60
    plans_ahead: bool = False
    """Books the next visit before leaving."""
    is_scripted: bool = False
    """Stands in the script of today."""
    days: list[date] = field(default_factory=list[date])
    """Days on which they come, in the order in which they were planned."""

    @property
    def has_phone(self) -> bool:
        """Whether they left a phone, their own or another's."""
        return any(contact.kind is ContactKind.PHONE for contact in self.contacts)


class Crowd:
    """Makes people, one after the other, from the names and words of the resources."""

    def __init__(self, material: Material, rng: Random, today: date, *, with_namesakes: bool = False) -> None:
        self._material = material
        self._with_namesakes = with_namesakes
        self._rng = rng
        self._today = today
        self._phones: set[str] = set()
        self._names: set[str] = set()

    def scripted(self) -> list[Person]:
        """The people of today's script, in its order."""
        made: dict[str, Person] = {}
        for entry in self._material.script:
            person = self._cast(entry)
            lender = made.get(entry.get("phone_of", ""))
            if lender is not None:
                lent = next(contact for contact in lender.contacts if contact.kind is ContactKind.PHONE)
                whose = self._material.said(entry["whose"])
                person.contacts = (WrittenContact(lent.kind, lent.typed, lent.value, whose),)
            made[entry["ru"]] = person
            self._names.add(person.name)
        return list(made.values())

    def many(self, count: int) -> list[Person]:
        """``count`` more people, some of them families with one phone."""
        people: list[Person] = []
        foreign = list(self._material.foreign)
        for number in range(count):
            if foreign and number % (count // len(self._material.foreign) or 1) == 3:
                person = self._person(foreign.pop())
            elif people and self._rng.random() < 0.03:
                person = self._relative(people[self._rng.randrange(len(people))])
            else:
                person = self._person(None)
            people.append(person)
        return people

    # ---- one person ----------------------------------------------------------------------------------------

    def _cast(self, entry: dict[str, Any]) -> Person:
        said = self._material.said
        service, master = entry.get("usual") or entry["services"][0][0], entry["services"][0][1]
        needs = (Need(service, entry["every"], master),) if entry["every"] else ()
        return Person(
            name=self._material.named(entry),
            is_man=bool(entry.get("man")),
            wishes=said(entry["wishes"]) if "wishes" in entry else "",
            notes=said(entry["notes"]) if "notes" in entry else "",
            birthday=self._scripted_birthday(entry),
            contacts=self._contacts(always=True),
            alerts=(self._material.warning(entry["alert"]),) if "alert" in entry else (),
            needs=needs,
            comes_at=self._hour(),
            plans_ahead=entry["booked"] == "at_last_visit",
            is_scripted=True,
        )

    def _person(self, name: str | None) -> Person:
        rng = self._rng
        is_man = name is None and rng.random() < 0.1
        needs = self._needs(is_man=is_man)
        return Person(
            name=name or self._new_name(is_man=is_man),
            is_man=is_man,
            wishes=rng.choice(self._material.texts("wishes")) if rng.random() < 0.3 else "",
            notes=self._note(needs[0]) if rng.random() < 0.3 else "",
            birthday=self._birthday(),
            contacts=self._contacts(),
            alerts=(rng.choice(self._material.warnings),) if rng.random() < 0.06 else (),
            needs=needs,
            comes_at=self._hour(),
            plans_ahead=rng.random() < 0.6,
        )

    def _relative(self, other: Person) -> Person:
        """A daughter, sister or husband who shares the phone."""
        person = self._person(None)
        lent = [contact for contact in other.contacts if contact.kind is ContactKind.PHONE]
        if lent:
            whose = self._rng.choice(self._material.texts("whose"))
            person.contacts = (WrittenContact(ContactKind.PHONE, lent[0].typed, lent[0].value, whose),)
        return person

    def _new_name(self, *, is_man: bool) -> str:
        while True:
            name = self._material.spelt(self._russian_name(is_man=is_man))
            if self._with_namesakes or name not in self._names:
                self._names.add(name)
                return name

    def _russian_name(self, *, is_man: bool) -> str:
        rng, words = self._rng, self._material.words
        surname = rng.choice(words("surnames"))
        if is_man:
            return f"{rng.choice(words('men'))} {surname[:-1] if surname.endswith('а') else surname}"
        first = words("women")
        # The first names of the list are the common ones: the square root leans towards them.
        given = first[int(len(first) * (1 - rng.random() ** 0.5))]
        if rng.random() < 0.03:
            surname = f"{surname}-{rng.choice(words('surnames'))}"
        if rng.random() < 0.08:
            return f"{given} {rng.choice(words('patronymics'))} {surname}"
        return f"{given} {surname}"

    def _scripted_birthday(self, entry: dict[str, Any]) -> date | None:
        """Today for who has their birthday today; some time before for who has an age; else as with everybody."""
        if "age" not in entry:
            return self._birthday()
        if entry.get("birthday"):
            return self._today.replace(year=self._today.year - entry["age"])
        day = self._today - timedelta(days=self._rng.randrange(20, 300))
        return date(day.year - entry["age"], day.month, min(day.day, 28))

    def _birthday(self) -> date | None:
        rng = self._rng
        born = self._today - timedelta(days=round(365.25 * rng.triangular(17, 68, 34)))
        return born if rng.random() < 0.55 else None

    def _hour(self) -> int:
        """Mornings, lunch time and, mostly, after work."""
        likes = self._rng.choices((10, 12, 14, 16, 18), (22, 20, 14, 18, 26))[0]
        return likes * 60 + self._rng.choice((0, 0, 30, 60))

    def _contacts(self, *, always: bool = False) -> tuple[WrittenContact, ...]:
        rng = self._rng
        if not always and rng.random() < 0.02:
            return ()
        typed, value = self._phone()
        contacts = [WrittenContact(ContactKind.PHONE, typed, value)]
        if rng.random() < 0.12:
            handle = f"@vizit_sample_{value[-4:]}"
            contacts.append(WrittenContact(ContactKind.TELEGRAM, handle, handle.removeprefix("@")))
        return tuple(contacts)

    def _phone(self) -> tuple[str, str]:
        """A new number as somebody typed it, and in E.164."""
        rng = self._rng
        while True:
            code, rest = rng.choice(_FICTIONAL_CODES), f"{rng.randrange(10_000_000):07}"
            if code + rest not in self._phones:
                break
        self._phones.add(code + rest)
        tail = f"{rest[:3]}-{rest[3:5]}-{rest[5:]}"
        typed = rng.choice((f"8 {code} {tail}", f"+7 {code} {tail}", f"8({code}){tail}", f"8{code}{rest}"))
        return typed, f"+7{code}{rest}"

    def _note(self, need: Need) -> str:
        checklist = self._material.price_list.services[need.service].checklist
        return self._rng.choice(self._material.notes[checklist])

    # ---- what they come for --------------------------------------------------------------------------------

    def _needs(self, *, is_man: bool) -> tuple[Need, ...]:
        rng = self._rng
        if is_man:
            return (self._men(),)
        kind = rng.choices(("nails", "hair", "both", "brows"), (20, 36, 38, 6))[0]
        if kind == "brows":
            return (self._brows(),)
        needs = (self._nails(),) if kind == "nails" else (self._hair(),)
        if kind == "both":
            needs = (self._nails(), *needs)
        return (*needs, self._brows()) if rng.random() < 0.28 else needs

    def _men(self) -> Need:
        service, every, master = self._rng.choices(
            (("cut_men", 28, "maria"), ("manicure_men", 28, "olga"), ("pedicure_men", 45, "alina")), (80, 12, 8)
        )[0]
        return Need(service, self._around(every), master)

    def _nails(self) -> Need:
        rng = self._rng
        master = rng.choice(("olga", "alina"))
        service = rng.choices(
            ("manicure_gel", "manicure_removal", "manicure_strong", "extension", "manicure"), (50, 20, 16, 8, 6)
        )[0]
        added = (("nail_art", master, 0.12), ("pedicure_gel", master, 0.08), ("brow_tint", "irina", 0.05))
        return Need(service, self._around(22), master, added, (("pedicure_gel", 0.12), ("pedicure_short", 0.04)))

    def _hair(self) -> Need:
        rng = self._rng
        kind = rng.choices(("cut", "colour", "styling"), (42, 49, 9))[0]
        if kind == "styling":
            return Need("styling", self._around(13), "maria", (("hair_care", "maria", 0.2),), (("cut_women", 0.2),))
        if kind == "cut":
            added = (("styling", "maria", 0.25), ("hair_care", "maria", 0.12), ("brow_shape", "irina", 0.05))
            return Need("cut_women", self._around(46), "maria", added, (("styling", 0.1), ("fringe", 0.04)))
        service, every = rng.choices(
            (
                ("roots", 33),
                ("toning", 40),
                ("full_colour", 44),
                ("highlights", 66),
                ("airtouch", 95),
                ("keratin", 120),
            ),
            (36, 18, 24, 12, 7, 3),
        )[0]
        master = "maria" if service in {"roots", "toning"} and rng.random() < 0.3 else "daria"
        added = (("cut_women", rng.choice(("maria", master)), 0.3), ("hair_care", master, 0.15))
        return Need(service, self._around(every), master, added)

    def _brows(self) -> Need:
        service, every = self._rng.choices(
            (("brow_tint", 28), ("brow_shape", 21), ("brow_lamination", 42), ("lash_lamination", 44)), (42, 20, 20, 18)
        )[0]
        return Need(service, self._around(every), "irina", (("lash_tint", "irina", 0.15),))

    def _around(self, days: int) -> int:
        return max(10, round(self._rng.gauss(days, days * 0.12)))
