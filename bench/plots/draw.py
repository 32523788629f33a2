"""Draws figures: `python draw.py FILE.svg` (or .png, .pdf), in the environment of `requirements.txt`, figures as JSON on stdin.

Each figure is a strip on a scale of its own: a dot for each round, a bar from quartile to quartile, a diamond at the median;
behind them what its goals mean: green meets the aim, yellow the must alone, red neither.
"""

import json
import sys
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes

INK, DIM, DOT = "#1f2933", "#7b8794", "#2f6fb3"
GREEN, YELLOW, RED, PLAIN = "#dff2e1", "#fdf3d0", "#fae0dd", "#f2f4f7"
STANDING = {"aim": ("✓ aim", "#2b8a3e"), "must": ("✓ must", "#a97400"), "missed": ("✗ missed", "#c92a2a"), "": ("", DIM)}
STRIP, HEAD = 0.62, 0.55  # inches


def scale(figure: dict[str, Any]) -> tuple[float, float]:
    """From nothing to a little beyond the furthest of rounds and goals."""
    seen = [*figure["values"], *(goal for goal in (figure["must"], figure["aim"]) if goal is not None)]
    return min(0.0, *seen), (max(seen) or 1.0) * 1.12


def zones(figure: dict[str, Any], low: float, high: float) -> list[tuple[float, float, str]]:
    """What lies behind the dots: (from, to, colour)."""
    must, aim = figure["must"], figure["aim"]
    if must is None and aim is None:
        return [(low, high, PLAIN)]
    aim = must if aim is None else aim
    must = aim if must is None else must
    if figure["better"] == "lower":
        return [(low, aim, GREEN), (aim, must, YELLOW), (must, high, RED)]
    return [(low, must, RED), (must, aim, YELLOW), (aim, high, GREEN)]


def strip(axes: Axes, figure: dict[str, Any]) -> None:
    """One figure."""
    low, high = scale(figure)
    for begin, end, colour in zones(figure, low, high):
        axes.axvspan(begin, end, color=colour, lw=0)
    if figure["low"] != figure["high"]:
        axes.plot([figure["low"], figure["high"]], [0, 0], color=DOT, lw=6, alpha=0.35, solid_capstyle="round")
    axes.plot(figure["values"], [0] * len(figure["values"]), "o", ms=4, mfc="white", mec=DOT, mew=1)
    axes.plot([figure["value"]], [0], "D", ms=6, color=DOT, mec="white", mew=0.8, zorder=5)
    axes.set(xlim=(low, high), ylim=(-1, 1), yticks=[])
    axes.xaxis.set_major_locator(mpl.ticker.MaxNLocator(5))
    axes.tick_params(axis="x", labelsize=6.5, colors=DIM, length=2, pad=1.5)
    for side in axes.spines.values():
        side.set_visible(False)
    label, colour = STANDING[figure["standing"]]
    at = axes.get_yaxis_transform()
    axes.text(-0.02, 0.28, figure["name"], transform=at, ha="right", va="center", size=9, weight="bold", color=INK)
    axes.text(-0.02, -0.42, figure["about"], transform=at, ha="right", va="center", size=7, color=DIM)
    axes.text(1.02, 0.28, f"{short(figure['value'])} {figure['unit']}", transform=at, va="center", size=9, color=INK)
    axes.text(1.02, -0.42, label, transform=at, va="center", size=7.5, color=colour)


def short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def draw(figures: list[dict[str, Any]], title: str, target: str) -> None:
    """All figures below each other."""
    mpl.rcParams.update({"font.family": "DejaVu Sans", "svg.fonttype": "path", "svg.hashsalt": "frontdesk"})
    height = HEAD + STRIP * len(figures) + 0.15
    page, rows = plt.subplots(len(figures), 1, figsize=(10, height), squeeze=False)
    page.subplots_adjust(left=0.47, right=0.88, top=1 - HEAD / height, bottom=0.3 / height, hspace=1.0)
    for axes, figure in zip(rows[:, 0], figures, strict=True):
        strip(axes, figure)
    page.text(0.02, 1 - 0.22 / height, title, size=11, weight="bold", color=INK, va="center")
    legend = "○ a round   ◆ median   bar: spread   green: aim met   yellow: must met   red: missed"
    page.text(0.98, 1 - 0.22 / height, legend, size=7, color=DIM, va="center", ha="right")
    page.savefig(target, dpi=150, metadata={"Date": None} if target.endswith(".svg") else None)


if __name__ == "__main__":
    told = json.load(sys.stdin)
    draw(told["figures"], told["title"], sys.argv[1])
