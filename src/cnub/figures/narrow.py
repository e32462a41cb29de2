"""The layout for a phone: the panels of a figure under each other, legends above them, no word cut off or too small.

It takes a drawing as it is for a page and moves what is there. A drawing that needs more names ``narrow`` itself.
"""

from __future__ import annotations

from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.gridspec import GridSpec
from matplotlib.legend import Legend
from matplotlib.text import Text

from cnub.figures.style import NARROW, TYPE
from cnub.figures.words import fold, renderer, width

POINTS = 72.0
LOW, HIGH = 1.75, 4.2
"""Least and greatest height of a panel in inches; one whose rows are named may be higher."""
SHRINK = 0.68
"""Height of a panel over that on a page."""
PAD = 0.16
"""Inches beside the panels, so that the outermost number of an axis is not cut."""
NAMES = 0.35
"""Share of the width that the names of rows may take before they move above their rows."""
ROW = 0.44
"""Height in inches of such a row with its name."""


def make_narrow(canvas: Canvas) -> None:
    """Turn a drawing of the width of a page into one of the width of a phone.

    A drawing without a grid of panels is one sheet, made for any width, and stays.

    Source: definition of the figures.
    """
    panels = [axes for axes in canvas.axes if axes.get_subplotspec() is not None]
    if not panels:
        return
    wide = canvas.get_size_inches()[1]
    rows = panels[0].get_gridspec().nrows
    entries = [_taken(legend) for legend in canvas.legends]
    named = {axes: _name_rows(axes) for axes in panels}
    _lower_bars(canvas)
    _stack(canvas, panels)
    for text in canvas.findobj(Text):
        text.set_fontsize(max(text.get_fontsize(), TYPE))
    above = _legends(canvas, panels, entries)
    heights = {_cell(axes): _height(wide / rows, named[axes]) for axes in panels}
    canvas.set_size_inches(NARROW, sum(heights.values()) + above)
    for axes in panels:
        _fold_words(axes, heights[_cell(axes)])
    canvas.get_layout_engine().set(w_pad=PAD)


def _height(on_a_page: float, names: int) -> float:
    if names:
        return max(on_a_page, ROW * names + 0.4)
    return min(max(SHRINK * on_a_page, LOW), HIGH)


def _stack(canvas: Canvas, panels: list[Axes]) -> None:
    """One column of panels, each with the words that it had from its neighbours."""
    if panels[0].get_gridspec().ncols == 1:
        return
    _hand_out_words(panels)
    order = sorted({_cell(axes) for axes in panels})
    grid = GridSpec(len(order), 1, figure=canvas)
    for axes in panels:
        axes.set_subplotspec(grid[order.index(_cell(axes))])
        if axes.yaxis.get_ticks_position() != "right":
            axes.tick_params(labelleft=True, labelbottom=True)
    for upper, lower in pairwise(panels):
        if upper.get_shared_x_axes().joined(upper, lower) and upper.get_xlabel() == lower.get_xlabel():
            upper.tick_params(labelbottom=False)
            upper.set_xlabel("")


def _cell(axes: Axes) -> tuple[int, int]:
    spec = axes.get_subplotspec()
    return spec.rowspan.start, spec.colspan.start


def _hand_out_words(panels: list[Axes]) -> None:
    """Titles from the head of a column, labels from its foot and from the head of the row."""
    at = {_cell(axes): axes for axes in reversed(panels)}  # of two axes in one place the first has the words
    last = max(row for row, _ in at)
    for (row, column), axes in at.items():
        head, foot, first = at.get((0, column)), at.get((last, column)), at.get((row, 0))
        if head is not None and not axes.get_title():
            axes.set_title(head.get_title())
        if foot is not None and not axes.get_xlabel():
            axes.set_xlabel(foot.get_xlabel())
        if first is not None and not axes.get_ylabel():
            axes.set_ylabel(first.get_ylabel())


def _lower_bars(canvas: Canvas) -> None:
    """Bars of colours beside the panels go below them."""
    for bar in [axes._colorbar for axes in canvas.axes if hasattr(axes, "_colorbar")]:
        parents, label, mappable = bar.ax._colorbar_info["parents"], bar.ax.get_ylabel(), bar.mappable
        ticks = bar.get_ticks() if len(bar.get_ticks()) < 6 else None
        bar.remove()
        canvas.colorbar(mappable, ax=parents, location="bottom", label=label, aspect=25, ticks=ticks)


def _name_rows(axes: Axes) -> int:
    """Long names of rows stand above their rows; returns how many there are."""
    axis = axes.yaxis
    places = [place for place in axis.get_majorticklocs() if min(axes.get_ylim()) <= place <= max(axes.get_ylim())]
    names = axis.get_major_formatter().format_ticks(places)
    if not any(_is_word(name) for name in names):
        return 0
    if max(width(axes.figure, name) for name in names) < NAMES * NARROW * POINTS:
        return 0
    down = axes.get_ylim()[0] > axes.get_ylim()[1]
    for place, name in zip(places, names, strict=True):
        where = (0.0, place - (0.24 if down else -0.24))
        text = fold(axes.figure, name, 0.9 * NARROW * POINTS)
        axes.text(*where, text, transform=axes.get_yaxis_transform(), va="bottom", ha="left", fontsize=TYPE)
    axes.set_yticks(places, [""] * len(places))
    axes.set_ylabel("")
    first, last = axes.get_ylim()
    axes.set_ylim(first, last + (-0.3 if down else 0.3))
    return len(places)


def _is_word(name: str) -> bool:
    return sum(letter.isalpha() for letter in name) > 3 and "mathdefault" not in name


Entries = tuple[list, list[str], str]


def _taken(legend: Legend) -> Entries:
    """Handles, labels and title of a legend, which goes."""
    labels, title = [text.get_text() for text in legend.get_texts()], legend.get_title().get_text()
    known = {}
    for axes in legend.get_figure(root=True).axes:
        known |= dict(reversed([*zip(*axes.get_legend_handles_labels()[::-1], strict=True)]))
    handles = [known.get(label, shown) for label, shown in zip(labels, legend.legend_handles, strict=True)]
    legend.remove()
    return handles, labels, title


def _legends(canvas: Canvas, panels: list[Axes], entries: list[Entries]) -> float:
    """Legends above what they belong to; returns the height that they take, in inches."""
    inside = [axes for axes in panels if axes.get_legend() is not None]
    if len(inside) == 1:
        entries = [*entries, _taken(inside[0].get_legend())]
        inside = []
    taken = [_above(canvas, *entry) for entry in entries]
    for axes in inside:
        taken.append(_above_panel(canvas, axes))
    return sum(taken) / POINTS


def _above(canvas: Canvas, handles: list, labels: list[str], title: str) -> float:
    legend = canvas.legend(loc="outside upper left", **_columns(canvas, handles, labels, title, 12))
    return _extent(canvas, legend)[1]


def _above_panel(canvas: Canvas, axes: Axes) -> float:
    handles, labels, title = _taken(axes.get_legend())
    legend = axes.legend(
        loc="lower left", bbox_to_anchor=(0.0, 1.0), borderaxespad=0.2, **_columns(canvas, handles, labels, title, 60)
    )
    height = _extent(canvas, legend)[1]
    axes.set_title(axes.get_title(), pad=height + 4)
    return height


def _columns(canvas: Canvas, handles: list, labels: list[str], title: str, less: float) -> dict:
    """As many columns as fit ``less`` points aside, of labels that are folded where one alone is too wide."""
    most = NARROW * POINTS - less
    labels = [fold(canvas, label, most - 40) for label in labels]
    given = {"handles": handles, "labels": labels, "title": title or None, "columnspacing": 1.2, "handletextpad": 0.5}
    for columns in range(min(4, len(labels)), 0, -1):
        trial = canvas.legend(ncols=columns, **given)
        fits = _extent(canvas, trial)[0] <= most
        trial.remove()
        if fits:
            break
    return given | {"ncols": columns}


def _extent(canvas: Canvas, legend: Legend) -> tuple[float, float]:
    box = legend.get_window_extent(renderer(canvas))
    return box.width * POINTS / canvas.dpi, box.height * POINTS / canvas.dpi


def _fold_words(axes: Axes, height: float) -> None:
    """Titles and labels on as many lines as they need."""
    across, along = 0.8 * NARROW * POINTS, 0.75 * height * POINTS
    for text, most in ((axes.title, across), (axes.xaxis.label, across), (axes.yaxis.label, along)):
        text.set_text(fold(axes.figure, text.get_text(), most))
