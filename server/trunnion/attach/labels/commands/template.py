"""Verbs on label templates."""

from uuid import UUID

from trunnion.attach.labels.checking import check, logo_of, one_stock, stored, subject_of
from trunnion.attach.labels.models import LabelTemplate
from trunnion.attach.labels.presets import content_from, stock_from
from trunnion.attach.labels.types import Content, LabelLanguage, Medium, Roll, Sheet
from trunnion.attach.types import Kind
from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command
from trunnion.kernel.context import Context
from trunnion.kernel.inputs import Name
from trunnion.kernel.policies import take

from .naming import check_free


@command("attach.label_template.create")
def create(
    ctx: Context, kind: Kind, name: Name, content: Content, sheet: Sheet | None = None, roll: Roll | None = None,
    language: LabelLanguage = LabelLanguage.BOTH, logo_file_id: UUID | None = None,
) -> Done:  # fmt: skip
    """Makes a template for labels of a kind of record, on a sheet or on a roll."""
    subject = subject_of(kind)
    stock = one_stock(sheet, roll)
    logo = logo_of(ctx, logo_file_id)
    check(subject, stock, content, has_logo=logo is not None)
    check_free(ctx, LabelTemplate, name)
    row = LabelTemplate(
        name=name, subject_kind=kind, medium=_medium(stock), stock=stored(stock), content=stored(content),
        language=language, logo=logo,
    )  # fmt: skip
    row.save()
    return Done(row.id, row.version)


@command("attach.label_template.edit")
def edit(
    ctx: Context, template_id: UUID, name: Name = UNSET, content: Content = UNSET, sheet: Sheet | None = UNSET,
    roll: Roll | None = UNSET, language: LabelLanguage = UNSET, logo_file_id: UUID | None = UNSET,
) -> Done:  # fmt: skip
    """Changes a template; what was printed by it stays as it was."""
    row = take(ctx, LabelTemplate, template_id)
    if name is not UNSET and name != row.name:
        check_free(ctx, LabelTemplate, name, row.id)
        row.name = name
    if language is not UNSET:
        row.language = language
    if logo_file_id is not UNSET and logo_file_id != row.logo_id:
        row.logo = logo_of(ctx, logo_file_id)
    if sheet is not UNSET or roll is not UNSET:
        stock = one_stock(None if sheet is UNSET else sheet, None if roll is UNSET else roll)
        row.medium, row.stock = _medium(stock), stored(stock)
    if content is not UNSET:
        row.content = stored(content)
    parts = (stock_from(row.stock), content_from(row.content))
    check(subject_of(row.subject_kind), *parts, has_logo=row.logo_id is not None)
    row.save()
    return Done(row.id, row.version)


@command("attach.label_template.remove")
def remove(ctx: Context, template_id: UUID) -> None:
    """Removes a template; prints keep what they were made by."""
    take(ctx, LabelTemplate, template_id).delete()


def _medium(stock: Sheet | Roll) -> Medium:
    return Medium.SHEET if isinstance(stock, Sheet) else Medium.ROLL
