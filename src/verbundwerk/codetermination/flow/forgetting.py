"""What ends by itself: cases and proposals that were settled long ago, with everything that was said and filed."""

from datetime import datetime

from django.db.models import QuerySet

from verbundwerk.base.retention import forgets, some

from .. import queries
from ..models import Case, Document, Statement


@forgets("council_cases")
def forget_cases(before: datetime, most: int) -> int:
    """Files go before their rows: after a crash in between the next night finds the row and finishes."""
    cases = some(queries.cases_settled_before(before), most)
    _forget_papers(Document.objects.filter(case__in=cases))
    Statement.objects.filter(case__in=cases).delete()
    return cases.delete()[1].get(Case._meta.label, 0)


def _forget_papers(papers: QuerySet[Document]) -> None:
    for paper in papers:
        paper.file.delete(save=False)
    papers.delete()


@forgets("council_proposals")
def forget_proposals(before: datetime, most: int) -> int:
    return some(queries.proposals_closed_before(before), most).delete()[0]
