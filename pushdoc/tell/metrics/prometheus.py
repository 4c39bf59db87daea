"""Metrics as Prometheus reads them, by its own client library: in a file, and for whoever asks at a port.

The library is there only where the extra `metrics` is installed: nobody else imports this.
"""

from __future__ import annotations

import math
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

from prometheus_client import generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

from pushdoc.ledger import Timing
from pushdoc.tell.metrics.numbers import METRICS, TIME, TIME_LABELS, TIME_SAYS, samples
from pushdoc.words import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from prometheus_client.core import Metric

    from pushdoc.ledger import Numbers
    from pushdoc.tell.metrics.numbers import Surroundings


class Metrics(Collector):
    """All metrics, read from the ledger whenever somebody asks."""

    def __init__(self, numbers: Numbers, ledger: Path, around: Callable[[], Surroundings]) -> None:
        self._numbers = numbers
        self._ledger = ledger
        self._around = around

    def collect(self) -> Iterable[Metric]:
        """All metrics as they are now.

        Raises:
            PushdocError: the ledger cannot be read.
        """
        around = self._around()
        told: dict[str, dict[tuple[str, ...], float]] = {name: defaultdict(float) for name in METRICS}
        for name, labels, value in samples(self._numbers, around, self._ledger):
            # Added up: two names that are shown alike would make two samples of one, and nothing would be read at all.
            told[name][tuple(map(visible, labels))] += value
        yield from _families(told)
        none = dict.fromkeys(around.destinations, Timing.of({}, 0.0))
        yield _histogram(none | self._numbers.timings())

    def write(self, path: Path) -> None:
        """Put a file in the place of the last one at once: whoever reads it reads the whole of one or the other.

        Raises:
            OSError: it cannot be written; the last one stays.
            PushdocError: the ledger cannot be read.
        """
        text = generate_latest(self)
        # Not by the ending that collectors look for.
        part = path.with_name(f".{path.name}.part")
        try:
            part.write_bytes(text)
            part.chmod(0o644)  # for its reader, whatever umask a service has
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink()
            raise


def _families(told: Mapping[str, Mapping[tuple[str, ...], float]]) -> Iterator[Metric]:
    for name, meaning in METRICS.items():
        kind = GaugeMetricFamily if meaning.kind == "gauge" else CounterMetricFamily
        family = kind(name, meaning.says, labels=meaning.labels)
        for labels, value in told[name].items():
            family.add_metric(labels, value)
        if family.samples:
            yield family


def _histogram(timings: Mapping[str, Timing]) -> Metric:
    family = HistogramMetricFamily(TIME, TIME_SAYS, labels=TIME_LABELS)
    for destination, timing in timings.items():
        buckets = [("+Inf" if math.isinf(bound) else str(bound), float(count)) for bound, count in timing.within]
        family.add_metric([visible(destination)], buckets, timing.seconds)
    return family
