"""What becomes of each row: new, changed, the same, or wrong and why, compared with the register as it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from trunnion.attach.queries import find_many_by_reference
from trunnion.kernel.context import Context
from trunnion.kernel.mergeable import standing_id
from trunnion.kernel.policies import KINDS, seen, visible

from . import apart, several, times
from .cells import CellFault
from .declare import Field, Kind, Look, Lookup, Values
from .index import Index, Plan, fingerprint
from .own_fields import standing_values
from .resolve import STEP, Ambiguous, Resolver
from .types import SCHEME, Reason, Staged, Verdict

MOST_SAID = 200
_UNCLEAR = ("table.several", "table.not_found")


@dataclass(frozen=True, slots=True)
class Missing:
    """A record that is yet to be made for a reference: what the cell says, and its name from another column."""

    text: str
    name: str = ""


@dataclass(slots=True)
class Judged:
    """One row on its way: its values, the record that it found, and what that says now."""

    row: Staged
    values: Values = field(default_factory=dict)
    before: Values = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    subject_id: UUID | None = None
    parent_row: int | None = None
    identifier: str = ""
    # Members that several records go by the name of, with their ids.
    unclear: list[tuple[Reason, list[UUID]]] = field(default_factory=list)

    @property
    def is_wrong(self) -> bool:
        """Whether the row cannot be written."""
        return any(reason.is_error for reason in self.reasons)


@dataclass(slots=True)
class Judge:
    """Looks at rows in portions; `ids` are the records that rows of the file have become already."""

    ctx: Context
    plan: Plan
    index: Index
    resolver: Resolver
    ids: dict[int, UUID] = field(default_factory=dict)

    def learn_parents(self, rows: Iterable[tuple[int, list[str]]]) -> None:
        """Which rows that stand above others are records already; the topmost first, for theirs depends on it."""
        levels: dict[int, list[Staged]] = {}
        for number, cells in rows:
            if number in self.index.is_parent:
                levels.setdefault(self.index.levels.get(number, 0), []).append(Staged(number, cells))
        for _, above in sorted(levels.items()):
            for start in range(0, len(above), STEP):
                for one in self.judge(above[start : start + STEP]):
                    if one.subject_id is not None and not one.is_wrong:
                        self.ids[one.row.number] = one.subject_id

    def judge(self, rows: Sequence[Staged]) -> list[Judged]:
        """Judges rows and notes the verdict in each; rows that are left out stay so."""
        judged = [self._parsed(row) for row in rows]
        references = [r.field for r in self.plan.readings.values() if r.field.kind is Kind.REFERENCE]
        # What is looked for within another record waits until that one is known.
        for one in sorted(references, key=lambda one: bool(one.lookup and one.lookup.within)):
            if one.held is not None:
                several.refer(self.resolver, one, self.plan.readings[one.name], judged)
            else:
                self._refer(one, judged)
        self._find(judged)
        self._stand(judged)
        self._accept_standing(judged)
        several.accept_held(judged)
        self._check_taken(judged)
        for row in judged:
            self._decide(row)
        return judged

    def _parsed(self, row: Staged) -> Judged:
        judged = Judged(row)
        for name, reading in self.plan.readings.items():
            try:
                value = reading.value(self.plan.cell(name, row.cells))
            except CellFault as fault:
                judged.reasons.append(self._reason(name, fault.code, fault.facts))
                continue
            if value is None:
                continue
            if reading.field.flag:
                judged.values[reading.field.flag.format(value)] = True
            else:
                judged.values[name] = value
        for name, text, first in self.index.doubles.get(row.number, ()):
            facts = {"text": text[:MOST_SAID], "first_row": first}
            judged.reasons.append(self._reason(name, "table.twice", facts))
        own = self.plan.target.own
        if own is not None and row.number in self.index.circles:
            circle = self.index.circles[row.number]
            judged.reasons.append(self._reason(own.name, "table.circle", {"rows": circle}))
        return judged

    def _reason(self, name: str, code: str, facts: dict[str, Any], is_error: bool = True) -> Reason:
        reading = self.plan.readings.get(name)
        constant = name in self.plan.constants
        return Reason(
            None if reading is None or constant else reading.use.column, name, code, facts, is_error
        )

    def _refer(self, one: Field, judged: list[Judged]) -> None:
        lookup, use = one.lookup, self.plan.readings[one.name].use
        if lookup is None:
            return
        if lookup.within:
            self._refer_within(one, lookup, judged)
            return
        asked: dict[str, list[Judged]] = {}
        for row in judged:
            text = row.values.get(one.name)
            if text is None:
                continue
            if one.is_own and self._own(one, row, text):
                continue
            asked.setdefault(text, []).append(row)
        for text, found in self.resolver.find(lookup, asked, use.look_up_by).items():
            for row in asked[text]:
                if isinstance(found, UUID):
                    row.values[one.name] = found
                elif found is None and use.may_create and lookup.create is not None:
                    row.values[one.name] = Missing(text, str(row.values.get(lookup.named_by) or ""))
                else:
                    code = "table.several" if isinstance(found, Ambiguous) else "table.not_found"
                    del row.values[one.name]
                    row.reasons.append(
                        self._reason(one.name, code, {"text": text[:MOST_SAID], "kind": lookup.kind})
                    )

    def _refer_within(self, one: Field, lookup: Lookup, judged: list[Judged]) -> None:
        """A text that means something only together with the record that another field names."""
        rows = [row for row in judged if row.values.get(one.name) is not None]
        rows = [row for row in rows if isinstance(row.values.get(lookup.within), UUID)]
        pairs = {(row.values[lookup.within], row.values[one.name]) for row in rows}
        known = self.resolver.find_within(lookup, pairs, self.plan.readings[one.name].use.look_up_by)
        for row in rows:
            text = row.values[one.name]
            found = known[row.values[lookup.within], text]
            if isinstance(found, UUID):
                row.values[one.name] = found
                continue
            code = "table.several" if isinstance(found, Ambiguous) else "table.not_found"
            facts = {"text": text[:MOST_SAID], "kind": lookup.kind}
            row.reasons.append(self._reason(one.name, code, facts))

    def _own(self, one: Field, row: Judged, text: str) -> bool:
        """Whether the parent is a row of the same file."""
        if row.row.number in self.index.unclear:
            del row.values[one.name]
            row.reasons.append(
                self._reason(one.name, "table.several", {"text": text, "kind": self.plan.target.kind})
            )
            return True
        parent = self.index.parents.get(row.row.number)
        if parent is None:
            return False
        del row.values[one.name]
        row.parent_row = parent
        return True

    def _find(self, judged: list[Judged]) -> None:
        """The record of each row, by the key that was chosen."""
        if self.plan.target.is_keyed:
            self._find_keyed(judged)
            return
        if self.plan.target.look is not None:
            self._look(self.plan.target.look, judged)
            return
        left = judged
        for name in self._match_names():
            rows = [row for row in left if row.values.get(name) is not None]
            left = [row for row in left if row.values.get(name) is None]
            if rows:
                self._find_by(name, rows)

    def _match_names(self) -> list[str]:
        """The chosen key, then the others for rows that do not fill it: a list of ours has columns that are empty."""
        target = self.plan.target
        first = [self.plan.match_on] if self.plan.match_on else []
        if target.one_key:
            return first
        return list(dict.fromkeys([*first, *(k for k in target.keys if k in self.plan.readings)]))

    def _find_by(self, name: str, judged: list[Judged]) -> None:
        key = self.plan.target.field(name)
        if key is None:
            return
        within = self.plan.target.within if name in self.plan.target.partial else ""
        asked = {row.values[name] for row in judged if row.values.get(name) is not None}
        found: dict[Any, list[UUID]] = {}
        parent = self.plan.target.field(within) if within else None
        columns = [key.column, *([parent.column] if parent else [])]
        for row_id, *values in self._rows(key.column, asked, columns):
            found.setdefault(values[0], []).append(row_id)
            if parent is not None:
                found.setdefault((values[0], values[1]), []).append(row_id)
        alike = [(row, ids) for row in judged if (ids := self._match(row, name, within, found))]
        apart.tell(self.ctx, self.plan, name, alike)

    def _look(self, look: Look, judged: list[Judged]) -> None:
        """The target's own way to find records; rows that are wrong or left out do not count."""
        times.tell(self.ctx, self.plan, judged)
        rows = [row for row in judged if not row.is_wrong and row.row.verdict != Verdict.LEFT_OUT]
        for row, found in zip(rows, look(self.ctx, [row.values for row in rows]), strict=True):
            row.subject_id = found.id
            row.reasons += [self._reason(one.field, one.code, one.facts) for one in found.reasons]

    def _match(self, row: Judged, name: str, within: str, found: dict[Any, list[UUID]]) -> list[UUID]:
        """Notes the record that a row's key finds; answers with several, where something else may tell them apart."""
        value = row.values.get(name)
        if value is None:
            return []
        key: Any = value
        if within and (row.values.get(within) is not None or row.parent_row is not None):
            above = self.ids.get(row.parent_row) if row.parent_row is not None else row.values[within]
            key = (value, above)
        # A record is looked for within another one that stands, or within a list that has a name.
        ids = found.get(key, []) if not isinstance(key, tuple) or isinstance(key[1], UUID | str) else []
        if len(ids) > 1 and self.plan.target.apart:
            return ids
        if len(ids) > 1:
            facts = {"text": str(value)[:MOST_SAID], "kind": self.plan.target.kind}
            row.reasons.append(self._reason(name, "table.several", facts))
        elif ids:
            row.subject_id = ids[0]
        return []

    def _find_keyed(self, judged: list[Judged]) -> None:
        for row in judged:
            text = row.values.get(self.plan.match_on) if self.plan.match_on else None
            nth = self.index.nth.get(row.row.number, 0)
            own = f"row:{fingerprint(dict(self.plan.pieces(row.row.cells)))}:{nth}"
            row.identifier = str(text) if text else own
        cards = find_many_by_reference(self.ctx, self.scheme, [row.identifier for row in judged])
        known = {card.identifier: card.row_id for card in cards}
        for row in judged:
            row.subject_id = known.get(row.identifier)
        if self.plan.target.number and self.plan.match_on:
            self._find_numbered([row for row in judged if row.subject_id is None])

    def _find_numbered(self, judged: list[Judged]) -> None:
        """Records that were made here and come back in a list of ours: other programs count up from one as well."""
        number, proof = self.plan.target.number, self.plan.target.proof
        texts = {row.values[self.plan.match_on] for row in judged if row.values.get(self.plan.match_on)}
        held = {text: (row_id, said) for row_id, text, said in self._rows(number, texts, [number, proof])}
        for row in judged:
            row_id, said = held.get(row.values.get(self.plan.match_on), (None, ""))
            if row_id is not None and str(row.values.get(proof) or "")[: len(said)] == said:
                row.subject_id = row_id

    @property
    def scheme(self) -> str:
        """Under which names the rows of a keyed target are remembered."""
        return f"{SCHEME}.{self.plan.target.name}"

    def _rows(self, column: str, asked: Iterable[Any], columns: Sequence[str]) -> Iterable[tuple[Any, ...]]:
        model: Any = KINDS[self.plan.target.kind]
        listed = list(asked)
        for start in range(0, len(listed), STEP):
            # What was merged is matched by its numbers still, and means the one that it went into.
            rows = seen(self.ctx, model).filter(**{f"{column}__in": listed[start : start + STEP]})
            rows = rows.filter(**self.plan.target.narrow)
            yield from rows.values_list("id" if column == "id" else standing_id(model), *columns)

    def _stand(self, judged: list[Judged]) -> None:
        """What the found records say now."""
        names = {one.name: one.column for one in self.plan.target.fields if one.column}
        held = {name: column for name, column in names.items() if self._counts(name)}
        ids = {row.subject_id for row in judged if row.subject_id is not None}
        facts = {
            row_id: dict(zip(held, values, strict=True))
            for row_id, *values in self._rows("id", ids, list(held.values()))
        }
        own = standing_values(self.ctx, self.plan.target, self.plan.readings, ids)
        held_in = several.held(self.ctx, self.plan.readings, ids)
        for row in judged:
            if row.subject_id is not None:
                own_facts = own.get(row.subject_id, {}) | held_in.get(row.subject_id, {})
                row.before = facts.get(row.subject_id, {}) | own_facts

    def _counts(self, name: str) -> bool:
        """Whether a standing fact is needed: it is compared, or a line of the room cannot do without it."""
        one = self.plan.target.field(name)
        if any(r.field.shown_as == name for r in self.plan.readings.values()):
            return True
        flags = [r.field for r in self.plan.readings.values() if r.field.flag]
        return (
            name in self.plan.readings
            or name in ("name", "party_id", "kind", "code", "asset_id", "currency", "unit")
            or (one is not None and one.adds_only and bool(flags))
        )

    def _accept_standing(self, judged: list[Judged]) -> None:
        """A text that means several is clear where the record itself bears one of them, as in a list sent back."""
        for name, reading in self.plan.readings.items():
            lookup = reading.field.lookup
            bearing = [row for row in judged if isinstance(row.before.get(name), UUID)]
            unclear: list[tuple[Judged, Reason | None]] = [
                (row, reason) for row in bearing for reason in row.reasons
                if reason.field == name and reason.code in _UNCLEAR
            ]  # fmt: skip
            # The outermost of several places may have been taken for it.
            unclear += [(r, None) for r in bearing if r.values.get(name) not in (None, r.before[name])]
            if not unclear or lookup is None:
                continue
            model: Any = KINDS[lookup.kind]
            ids = {row.before[name] for row, _ in unclear}
            rows = visible(self.ctx, model).filter(id__in=ids).values_list("id", *lookup.by)
            known = {row_id: set(values) for row_id, *values in rows}
            for row, reason in unclear:
                if reading.piece(self.plan.cell(name, row.row.cells)) in known.get(row.before[name], ()):
                    row.reasons = [one for one in row.reasons if one is not reason]
                    row.values[name] = row.before[name]

    def _check_taken(self, judged: list[Judged]) -> None:
        """What only one record may have, such as a serial number, is not given to a second one."""
        for name in self.plan.readings:
            one = self.plan.target.field(name)
            if one is None or not one.unique or name == self.plan.match_on:
                continue
            asked = {row.values[name] for row in judged if row.values.get(name)}
            owners = {value: row_id for row_id, value in self._rows(one.column, asked, [one.column])}
            for row in judged:
                owner = owners.get(row.values.get(name))
                if owner is not None and owner != row.subject_id:
                    row.reasons.append(
                        self._reason(name, "table.taken", {"text": str(row.values[name])[:MOST_SAID]})
                    )

    def _decide(self, judged: Judged) -> None:
        target, row = self.plan.target, judged.row
        is_new = judged.subject_id is None
        missing = [one for one in target.fields if one.required and judged.values.get(one.name) is None]
        wrong = {reason.field for reason in judged.reasons}
        for one in missing:
            if (is_new or one.name not in judged.before) and one.name not in wrong:
                judged.reasons.append(self._reason(one.name, "table.missing", {}))
        if target.judge is not None:
            for reason in target.judge({**judged.before, **judged.values}, is_new):
                if reason.field not in wrong:
                    judged.reasons.append(
                        self._reason(reason.field, reason.code, reason.facts, reason.is_error)
                    )
        differing = [] if is_new else self._differing(judged)
        row.subject_id, row.reasons, row.fields = judged.subject_id, judged.reasons, differing
        row.level = self.index.levels.get(row.number, 0)
        if row.verdict == Verdict.LEFT_OUT:
            return
        changed = Verdict.CHANGED if differing else Verdict.SAME
        row.verdict = Verdict.ERROR if judged.is_wrong else Verdict.NEW if is_new else changed

    def _differing(self, judged: Judged) -> list[str]:
        found = []
        for name, value in judged.values.items():
            one = self.plan.target.field(name)
            if one is None or name not in judged.before:
                continue
            standing = judged.before[name]
            if (
                standing == value
                or (one.adds_only and not value)
                or (one.held and standing.issuperset(value))
            ):
                continue
            if one.shown_as and standing is None and judged.before.get(one.shown_as) == value:
                continue
            if one.only_new or self.plan.target.is_history:
                facts = {"standing": str(standing)[:MOST_SAID]}
                judged.reasons.append(self._reason(name, "table.stays", facts, is_error=False))
                continue
            found.append(name)
        own = self.plan.target.own
        if own is not None and judged.parent_row is not None and not own.only_new:
            above = self.ids.get(judged.parent_row)
            if above is None or above != judged.before.get(own.name):
                found.append(own.name)
        return found
