"""Which lines of a script stand in it before. Linear: each line looks at a bounded number of its twins."""
import re

TWINS = 12
STEPS_PER_LINE = 16
BRACKETS = 6
TRIVIAL = re.compile(r"^[\s()\[\]{},:;\\]*$")


class Repeats:
    """Lines are compared without their indentation; blank lines and comments carry a run but never make one."""

    def __init__(self, layout):
        self._layout = layout
        self._bare = [None] + [line.strip() for line in layout.lines]
        self._index = {}
        self._indexed = None

    def run(self, first, last, before):
        """The longest run of lines in [first, last] that repeats lines up to `before`: (first, last, first twin, last twin)."""
        best = None
        for number, twin, end in self._starts(first, last, before):
            if best is None or end - number > best[1] - best[0]:
                best = (number, end, twin, twin + end - number)
        return best

    def share(self, first, last, before):
        """How much of the code in [first, last] stands before, 0 to 1, and in how many lines."""
        known = {self._bare[number] for number in range(1, before + 1) if self._weighs(number)}
        lines = [self._bare[number] for number in range(first, last + 1) if self._weighs(number)]
        repeated = sum(1 for line in lines if line in known)
        return (repeated / float(len(lines)) if lines else 0.0), repeated

    def stands_before(self, first, last, before):
        """Whether these very lines stand together before."""
        length = last - first
        for twin in self._twins(before).get(self._bare[first], ()):
            if twin + length <= before and self._bare[first : last + 1] == self._bare[twin : twin + length + 1]:
                return True
        return False

    def twins_of(self, number, before):
        return self._twins(before).get(self._bare[number], ())

    def stood_inside(self, number, before):
        """Whether the line stood before, and only inside brackets."""
        twins = self.twins_of(number, before)
        return bool(twins) and not any(self._layout.starts_statement(twin) for twin in twins)

    def follow(self, first, last, twin, before):
        """The line of code after the twin of these lines, or None when the lines at `twin` are others."""
        while first <= last:
            if twin is None or twin > before or self._bare[first] != self._bare[twin]:
                return None
            twin = self._layout.next_code(twin + 1) or before + 1
            first = self._layout.next_code(first + 1) or last + 1
        return twin

    def reach(self, number, limit, step, before):
        """How far towards `limit` the lines next to `number` go on repeating those next to one of its twins."""
        best = number
        upwards = self._weighty(number, -1, max(limit, before + 1) if step < 0 else before + 1)
        anchor = upwards or self._weighty(number, 1, limit if step > 0 else len(self._bare) - 1) or number
        for twin in self._twins(before).get(self._bare[anchor], ()):
            here, there = anchor, twin
            if (anchor - number) * step > 0 and self._bare[number:anchor:step] != self._bare[twin + number - anchor : twin : step]:
                continue
            while here != limit and 1 <= there + step <= before and self._bare[here + step] == self._bare[there + step]:
                here, there = here + step, there + step
            if (here - best) * step > 0:
                best = here
        return best

    def _weighty(self, number, step, limit):
        """The line, or for a mere bracket the nearest line that way, up to `limit`, that says more; None when none is near."""
        for near in range(number, number + step * BRACKETS, step):
            if (near - limit) * step > 0:
                return None
            if self._weighs(near):
                return near
        return None

    def _starts(self, first, last, before):
        """Pairs of line and twin where a run begins, each diagonal followed once."""
        twins = self._twins(before)
        seen = {}
        steps = STEPS_PER_LINE * (last + 64)
        for number in range(first, last + 1):
            for twin in twins.get(self._bare[number], ()) if self._weighs(number) else ():
                offset = number - twin
                if seen.get(offset, 0) < number and steps > 0:
                    seen[offset] = self._extend(number, twin, last, before)
                    steps -= seen[offset] - number + 1
                    yield number, twin, seen[offset]

    def _extend(self, number, twin, last, before):
        end = number
        while end < last and twin + end - number < before and self._bare[end + 1] == self._bare[twin + end + 1 - number]:
            end += 1
        while end > number and not self._bare[end]:
            end -= 1
        return end

    def _twins(self, before):
        if self._indexed != before:
            index = {}
            for number in range(1, before + 1):
                if self._weighs(number):
                    places = index.setdefault(self._bare[number], [])
                    if len(places) < TWINS:
                        places.append(number)
            self._index, self._indexed = index, before
        return self._index

    def _weighs(self, number):
        return self._layout.is_code(number) and not TRIVIAL.match(self._bare[number])
