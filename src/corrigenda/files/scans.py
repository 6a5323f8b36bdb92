"""Reading the scans of a job, a page a process: pages of the next file are read while one is still at work."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from corrigenda.errors import BadInputError, CorrigendaError
from corrigenda.files.inputs import Input, read_bytes
from corrigenda.scan import second, tesseract
from corrigenda.scan.pages import PageFailure, PageImage, open_pages
from corrigenda.scan.read import ReadPage, Scan, Settings, read_page, scan_of

__all__ = ["read_scans"]

_MOST_BYTES = 4 << 30
_AHEAD = 2
"""Pages a process that wait, decoded, for it: one of 300 dpi takes 9 MB, so that all files cannot wait at once."""


def read_scans(
    inputs: Iterable[Input], settings: Settings, *, jobs: int = 1, show: Path | None = None
) -> Iterator[Scan | CorrigendaError]:
    """What is on the scans, in their order: a document each, or the error of a file of which no page could be read.

    `jobs` processes read pages, none but this one where that is 1. `show` is a folder for what each page looks like
    after each step of preparation. Raises MissingToolError, before anything is read, without Tesseract, its language,
    or the engine of a second reading that is asked for.
    """
    tesseract.check_language(settings.language)
    if settings.second:
        second.check()
    if jobs < 2:
        return (_Begun.of(one, settings, show, _here).scan(settings) for one in inputs)
    return _in_processes(inputs, settings, jobs, show)


def _in_processes(
    inputs: Iterable[Input], settings: Settings, jobs: int, show: Path | None
) -> Iterator[Scan | CorrigendaError]:
    # Not forked, since the parent may have threads, such as those of a progress bar.
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        window = _Window(pool=pool, size=_AHEAD * jobs)
        begun: deque[_Begun] = deque()
        for one in inputs:
            begun.append(_Begun.of(one, settings, show, window.submit))
            while begun and begun[0].is_done:
                yield begun.popleft().scan(settings)
        while begun:
            yield begun.popleft().scan(settings)


_Page = ReadPage | PageFailure
_Task = Callable[[], _Page]


def _here(task: _Task) -> Future[_Page]:
    """What a task gives, got in this process."""
    done: Future[_Page] = Future()
    done.set_result(task())
    return done


@dataclass(frozen=True, kw_only=True, slots=True)
class _Window:
    """A pool that takes a new task only when few are waiting."""

    pool: ProcessPoolExecutor
    size: int
    waiting: deque[Future[_Page]] = field(default_factory=deque)

    def submit(self, task: _Task) -> Future[_Page]:
        """Hand a task to the pool, once there is room."""
        if len(self.waiting) >= self.size:
            wait([self.waiting.popleft()])
        self.waiting.append(self.pool.submit(task))
        return self.waiting[-1]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Begun:
    """A file whose pages are being read; `error` is why there are none."""

    one: Input
    data: bytes
    pages: tuple[tuple[int, Future[_Page]], ...]
    error: CorrigendaError | None = None

    @classmethod
    def of(cls, one: Input, settings: Settings, show: Path | None, submit: Callable[[_Task], Future[_Page]]) -> _Begun:
        """Open a file and hand its pages over."""
        pages: list[tuple[int, Future[_Page]]] = []
        data = b""
        try:
            data = _bytes(one.path)
            for page in open_pages(data, path=one.path):
                read = submit(partial(_read, page, settings, one, show))
                pages.append((page.number, read))
        except CorrigendaError as error:
            return cls(one=one, data=data, pages=(), error=error)
        return cls(one=one, data=data, pages=tuple(pages))

    @property
    def is_done(self) -> bool:
        """Whether all pages are read."""
        return all(page.done() for _, page in self.pages)

    def scan(self, settings: Settings) -> Scan | CorrigendaError:
        """The document, once all pages are read."""
        if self.error:
            return self.error
        try:
            pages = [self._page(number, page) for number, page in self.pages]
            return scan_of(pages, settings, data=self.data, path=self.one.path, document_id=self.one.id)
        except CorrigendaError as error:
            return error

    def _page(self, number: int, page: Future[_Page]) -> _Page:
        try:
            return page.result()
        except BrokenProcessPool:
            died = BadInputError(
                where=f"{self.one.path}, page {number}",
                what="a process that read pages was killed, perhaps for want of memory",
                remedy="Read with fewer processes (-j 1), and leave out the page where that fails too",
            )
            return PageFailure(number=number, error=died)


def _bytes(path: str) -> bytes:
    data = read_bytes(path, most=_MOST_BYTES)
    if len(data) > _MOST_BYTES:
        raise BadInputError(where=path, what=f"has more than {_MOST_BYTES >> 30} GB", remedy="Split it into several")
    return data


def _read(page: PageImage | PageFailure, settings: Settings, one: Input, show: Path | None) -> _Page:
    """Read one page, in whatever process; a page that cannot be had or read is a failure of its own."""
    if isinstance(page, PageFailure):
        return page
    shown = partial(_show, show, f"{one.id}.p{page.number}") if show else None
    try:
        return read_page(page, settings, where=f"{one.path}, page {page.number}", show=shown)
    except BadInputError as error:
        return PageFailure(number=page.number, error=error)


def _show(folder: Path, name: str, step: str, image: npt.NDArray[np.uint8]) -> None:
    """Save what a page looks like after a step of preparation."""
    target = folder / f"{name}.{step}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(image).save(target)
