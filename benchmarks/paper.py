"""A filled form as PDF and picture: how long for one, how much memory for 30 at once, and no process started.

`python benchmarks/paper.py [ROUNDS]`: every form ROUNDS times (20), each time with another name, as typst
remembers what it has set before.
"""

import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from statistics import median, quantiles

from bot.printing import paper
from knowledge.intake import course, forms
from knowledge.intake.interview import Interview
from knowledge.intake.paper import Paper, laid_out
from knowledge.office import office

TODAY = date(2026, 11, 22)
AT_ONCE = 30
PROCESSES = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.exec", "os.system"}
NUMBERS = count()


def papers() -> Iterator[Paper]:
    """Each form with the invented person of its example, under a new name."""
    for form in forms.load().values():
        answers = dict(course.filled(form, form.example, TODAY).answers)
        for key, value in answers.items():
            if key.endswith(".name"):
                answers[key] = f"{value} {spelt(next(NUMBERS))}"
        blank = laid_out(form, Interview(answers), office.load())
        yield replace(blank, desk_code=f"HS-7K3F-{next(NUMBERS) % 10_000:04}")


def spelt(number: int) -> str:
    """A number as syllables."""
    return "".join("bcdghklmnt"[int(digit)] + "ấ" for digit in str(number))


def both(made: Paper) -> tuple[float, float, float]:
    """Milliseconds for the PDF, for the pictures after it, and of the processor for both."""
    start, busy = time.perf_counter(), time.process_time()
    paper.pdf(made)
    printed = time.perf_counter()
    paper.pages(made)
    end = time.perf_counter()
    return (printed - start) * 1000, (end - printed) * 1000, (time.process_time() - busy) * 1000


def memory(now: bool = False) -> float:
    """Megabytes held now, or at most so far."""
    if not now:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def main() -> None:
    """Prints the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) == 2 else 20
    started: list[str] = []
    sys.addaudithook(lambda event, _: started.append(event) if event in PROCESSES else None)
    before = memory(now=True)
    start = time.perf_counter()
    paper.warm_up()
    print(f"warm-up                      {(time.perf_counter() - start) * 1000:6.0f} ms")
    crowd = [made for _ in range(AT_ONCE) for made in papers()][:AT_ONCE]
    start = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(both, crowd))
    took = (time.perf_counter() - start) * 1000
    print(
        f"{AT_ONCE} at once                   {took:6.0f} ms, peak {memory():.0f} MB, before {before:.0f} MB"
    )
    timed = [both(made) for _ in range(rounds) for made in papers()]
    pdf, png, busy = (list(times) for times in zip(*timed, strict=True))
    whole = [sum(pair) for pair in zip(pdf, png, strict=True)]
    table = {"PDF": pdf, "PNG after it": png, "both": whole, "both, of the processor": busy}
    for name, times in table.items():
        print(f"{name:<28} p50 {median(times):4.0f} ms, p95 {quantiles(times, n=20)[-1]:4.0f} ms")
    print(f"after {len(timed)} papers            {memory(now=True):6.0f} MB now, peak {memory():.0f} MB")
    print(f"processes started            {len(started):6}")


if __name__ == "__main__":
    main()
