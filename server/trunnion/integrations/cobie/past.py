"""What a source said before an import of it, put back when that import is undone."""

from uuid import UUID

from trunnion.integrations.models import ImportRun, Source, SourcePage, SourcePast
from trunnion.kernel import history, takeback
from trunnion.kernel.context import Context


def came_later(ctx: Context, run: ImportRun, entry_id: UUID) -> str | None:
    """The number of the import that has changed the same source since; it has to be undone first."""
    ids = [one.row_id for one in history.did(entry_id) if one.kind == Source.kind]
    source = Source.objects.of(ctx).filter(id__in=ids).first()
    if source is None or source.last_run_id in (None, run.id):
        return None
    later = ImportRun.objects.of(ctx).filter(id=source.last_run_id).first()
    return later.number if later else None


def put_back(ctx: Context, run: ImportRun, entry_id: UUID) -> None:
    """Lets the source say again what it said before this import, inside the running command."""
    did = [one for one in history.did(entry_id) if one.kind in (Source.kind, SourcePage.kind)]
    source = Source.objects.of(ctx).filter(last_run_id=run.id).first()
    if source is not None:
        _turn_pages(ctx, run, source)
    # The texts of pages are not journalled: those that stood before were turned back above.
    takeback.take_back(ctx, [one for one in did if one.kind == Source.kind or one.op == "create"], {})


def _turn_pages(ctx: Context, run: ImportRun, source: Source) -> None:
    pages = {(one.sheet, one.page): one for one in SourcePage.objects.of(ctx).filter(source_id=source.id)}
    for past in SourcePast.objects.of(ctx).filter(run_id=run.id):
        page = pages.get((past.sheet, past.page))
        if page is not None:
            page.body = past.body
            page.save()
        past.delete()
