"""How a time becomes a figure, and a figure a goal."""

import dataclasses
import statistics
from collections.abc import Callable


@dataclasses.dataclass(frozen=True)
class Figure:
    """What a row tells of a time: `cost` is what is compared, less being better."""

    cost: Callable[[float, dict], float]
    shown: Callable[[float], str]


def _three_digits(number):
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


SPEED = Figure(lambda seconds, run: seconds / run["bytes"], lambda cost: f"{_three_digits(1e-6 / cost)} MB/s")
TIME = Figure(
    lambda seconds, run: seconds,
    lambda cost: f"{_three_digits(cost)} s" if cost >= 0.1 else f"{_three_digits(cost * 1e3)} ms",
)
EACH = Figure(lambda seconds, run: seconds / run["count"], lambda cost: f"{_three_digits(cost * 1e6)} µs")
# A row that measures one time beside another gives their ratio for a time.
RATIO = Figure(lambda ratio, run: ratio, lambda cost: f"{_three_digits(cost)} ×")


@dataclasses.dataclass
class Series:
    """What one contestant did in all rounds of a row."""

    figure: Figure
    runs: list[dict] = dataclasses.field(default_factory=list)
    # Why there are no runs, or no more.
    failure: str | None = None

    @property
    def costs(self):
        return [self.figure.cost(seconds, run) for run in self.runs for seconds in run["seconds"]]

    @property
    def best(self):
        return min(self.costs)

    @property
    def median(self):
        return statistics.median(self.costs)

    def told(self):
        """The best and the median, or why there is neither."""
        if not self.costs:
            return self.failure or "nothing measured"
        best, median = self.figure.shown(self.best), self.figure.shown(self.median)
        return best if len(self.costs) == 1 else f"{best} ({median})"


@dataclasses.dataclass
class Outcome:
    """A row after it was measured."""

    kith: Series
    peers: dict[str, Series]
    # The most memory of a process that does nothing, and what `making.py` says of the data.
    idle: int
    data: dict


@dataclasses.dataclass(frozen=True)
class Verdict:
    """A goal with what was reached: by the best of the repeats, and by the median too."""

    goal: str
    reached: str
    best: bool
    median: bool

    @property
    def word(self):
        return "yes" if self.median else "at best" if self.best else "no"


def at_most(text, limit):
    """A goal for the time, or for the time of each or of a byte."""
    return lambda row: Verdict(text, row.kith.told(), row.kith.best <= limit, row.kith.median <= limit)


def times(text, peer, factor):
    """A goal for the time beside another's in the same run; nothing is known where that one failed."""

    def verdict(row):
        other = row.peers.get(peer)
        if other is None or not other.costs:
            return Verdict(text, f"{peer} was not measured", False, False)
        best, median = row.kith.best / other.best, row.kith.median / other.median
        return Verdict(text, f"{_three_digits(best)} × ({_three_digits(median)} ×)", best <= factor, median <= factor)

    return verdict


def memory(text, size, more):
    """A goal for the memory above that of a process that does nothing, beside the size of what is read."""

    def verdict(row):
        peaks = [run["peak"] - row.idle - row.data[size] for run in row.kith.runs]
        best, median = min(peaks), statistics.median(peaks)
        return Verdict(text, f"file {best / 1e6:+.0f} MB", best <= more, median <= more)

    return verdict


def known(text="–"):
    """No goal: a figure that explains another."""
    return lambda row: Verdict(text, row.kith.told(), True, True)
