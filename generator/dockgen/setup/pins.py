"""The age of the pinned images, and what has reached its end of life."""

from __future__ import annotations

import datetime

from dockgen.catalog import images
from dockgen.plan.model import ImageRef, Plan
from dockgen.records import record


@record
class Pin:
    """An image of the plan; `months` since it was seen, None where it was named by hand."""

    stage: str
    image: ImageRef
    seen: str | None
    months: int | None


def pins_of(plan: Plan, today: datetime.date) -> list[Pin]:
    """Return the plan's images with their age in whole months."""
    return [_pin(stage, image, today) for stage, image in plan.images.items()]


def _pin(stage: str, image: ImageRef, today: datetime.date) -> Pin:
    record = images.by_reference(image.repository, image.tag)
    if record is None or record.digest != image.digest:
        return Pin(stage, image, None, None)
    year, month = (int(part) for part in record.seen.split("-")[:2])
    return Pin(stage, image, record.seen, (today.year - year) * 12 + today.month - month)
