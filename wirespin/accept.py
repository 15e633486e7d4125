"""Ingest: a raw article becomes an accepted one: identified, dated, credited, cleaned and sketched."""

from __future__ import annotations

from datetime import datetime

from schemas.accepted import Accepted
from schemas.article import Article
from wirespin.dates import published
from wirespin.identity import article_id, content_digest
from wirespin.reuse.sketch import sample, to_sketch
from wirespin.text.boilerplate import Boilerplate
from wirespin.text.clean import clean
from wirespin.text.document import Document
from wirespin.text.language import language_of
from wirespin.wire.credits import credits_and_regions
from wirespin.wire.publisher import publishing_agency


def accept(article: Article, received: datetime, boilerplate: Boilerplate | None = None) -> Accepted:
    """Work out what the later stages need to know of an article. Its texts are kept to the letter.

    Args:
        article: as the producer gave it.
        received: when its record was written, against which its date is judged.
        boilerplate: what the outlets print under many stories. It decides which spans are the article, and so its
            sketch; identity, version (`digest`) and credits are of the text as it came, whatever the table.
    """
    credits_found, regions = credits_and_regions(article)
    leave_out = regions + (boilerplate.spans(article) if boilerplate else [])
    spans = clean(article.body, article.headline, leave_out)
    date = published(article.published_at, received, article.date_source)
    agency = publishing_agency(article.publisher, article.url)
    document = Document(article.body, article.headline, tuple(spans))
    return Accepted(
        article=article.model_copy(update={"id": article_id(article)}),
        digest=content_digest(article),
        published=date.text(),
        date_source=date.source,
        agency=agency.key if agency else None,
        credits=credits_found,
        language=language_of(f"{article.headline}\n{article.body}", article.language),
        spans=spans,
        sketch=to_sketch(sample(document)),
    )
