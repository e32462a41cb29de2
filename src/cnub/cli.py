"""The ``cnub`` command: partial waves, rates, the ledger, figures and heavy runs from the shell."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cnub.domain import DomainError
from cnub.terminal import figure_parameters, pairs, print_table, report

app = typer.Typer(
    name="cnub",
    help="Coherent detection of the cosmic neutrino background: every number and figure, recomputed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")]
BAD_INPUT = 2


@app.command()
def sphere(
    kR: Annotated[float | None, typer.Option("--kR", help="Wave number times radius, > 0. The Earth: 1.7e10.")] = None,
    delta: Annotated[float | None, typer.Option(help="Refractive index minus one; > 0 attracts.")] = None,
    height: Annotated[float, typer.Option(help="Height above the surface in units of 1/k, >= 0.")] = 0.0,
    method: Annotated[str, typer.Option(help="auto, contour, direct or born.")] = "auto",
    cases: Annotated[Path | None, typer.Option(help="CSV file with columns kR, delta, height.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Density excess dn/n0 of an isotropic monoenergetic flux around a ball, at r = R + height/k.

    `direct` sums every partial wave at exactly this k. `contour` integrates over complex order, at a cost that does
    not depend on kR; it is the same number where no wave is trapped, and its average over k by one order spacing where
    some are (delta > 0; `trapped_waves` counts them). `born` is the closed form of first order. `auto` takes the
    cheapest that meets 1e-9 |delta|.

    Example: cnub sphere --kR 1.7e10 --delta -2.5e-8
    """
    if cases is not None:
        typer.echo(_sphere_cases(cases, method), nl=False)
        return
    for name, value in (("kR", kR), ("delta", delta)):
        if value is None:
            raise DomainError(f"{name} must be given, or a file of cases with --cases")
    from cnub.sphere import density_excess

    solution = density_excess(kR, delta, height, method)
    report({"kR": kR, "delta": delta, "height": height}, asdict(solution), as_json)


@app.command()
def rate(
    transition: Annotated[str, typer.Option(help="E1 or M1.")],
    ordering: Annotated[str, typer.Option(help="NO or IO.")],
    nature: Annotated[str, typer.Option(help="dirac or majorana.")] = "dirac",
    initial: Annotated[
        int | None, typer.Option(help="Label 1..3 of the heavier neutrino. Default: 3 NO, 2 IO.")
    ] = None,
    final: Annotated[int | None, typer.Option(help="Label 1..3 of the lighter neutrino. Default: 1.")] = None,
    lightest_mass: Annotated[float, typer.Option(help="Lightest neutrino mass in eV, >= 0.")] = 0.0,
    coherence_time: Annotated[float | None, typer.Option(help="tau_v in s. Default: 1e-9 E1, 1e-8 M1.")] = None,
    volume: Annotated[float | None, typer.Option(help="Volume in m^3. Default: 27.")] = None,
    density: Annotated[float | None, typer.Option(help="Dipoles per cm^3. Default: Avogadro's number.")] = None,
    level_energy: Annotated[float | None, typer.Option(help="E_vg in eV. Default: on resonance at rest.")] = None,
    average: Annotated[str, typer.Option(help="none, paper ((Gamma/dp)^2), or thermal (Fermi-Dirac gas).")] = "none",
    photon_slope: Annotated[float, typer.Option(help="Group velocity d omega/dk of the light, 1 in vacuum.")] = 1.0,
    clustering: Annotated[float, typer.Option(help="Local neutrino density over the cosmic mean.")] = 1.0,
    gas_velocity: Annotated[float, typer.Option(help="Drift of the gas through the target, units of c.")] = 0.0,
    convention: Annotated[str, typer.Option(help="paper, or definition (D_k = 1/2, Bohr magneton, traces).")] = "paper",
    form_factor: Annotated[float, typer.Option(help="f_theta, >= 0.")] = 1.0,
    as_json: JsonFlag = False,
) -> None:
    """Event rate of parametric fluorescence, with every factor that made it. Defaults: the paper's nominal target.

    Without --average every neutrino is taken at the given detuning, as the paper's Eqs. (18), (19), (23), (24) do.

    Example: cnub rate --transition M1 --ordering NO --average thermal --photon-slope 1e-3
    """
    from cnub.fluorescence import event_rate

    result = event_rate(
        transition, ordering, nature=nature, initial=initial, final=final, lightest_mass=lightest_mass,
        coherence_time_s=coherence_time, volume_m3=volume, density_per_cm3=density, level_energy=level_energy,
        average=average, photon_slope=photon_slope, clustering=clustering, gas_velocity=gas_velocity,
        convention=convention, form_factor=form_factor,
    )  # fmt: skip
    report({}, asdict(result), as_json)


@app.command()
def patch(
    kappa: Annotated[float, typer.Option(help="Curvature 1/(sqrt(2) kR delta^1.5), > 0. The Earth: 20 to 50.")],
    length: Annotated[float, typer.Option(help="Length of the flat patch in l, >= 0: 0 the sphere, inf the plane.")],
    height: Annotated[float, typer.Option(help="Height above the ground in lambda, >= 0.")] = 0.0,
    sign: Annotated[str, typer.Option(help="attract or repel.")] = "attract",
    filling_length: Annotated[
        float, typer.Option("--filling-length", help="How far back, in l, the trapped states were empty; inf: never.")
    ] = float("inf"),
    shape: Annotated[str, typer.Option(help="smooth, chord or flat-topped ends of the patch.")] = "smooth",
    carried: Annotated[
        bool, typer.Option("--carried", help="Count every state that was trapped, also those trapped no longer.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Density excess over a flattened patch, in units of sqrt(2|delta|), near-grazing order.

    Units: lambda = 1/(k sqrt(2|delta|)) of height, l = 1/(k|delta|) of length. In the steady state (the default) every
    state is filled and the excess is zero at this order, over any ground. If the totally reflected states were empty a
    filling length back, their deficit is what is left of it here.

    Example: cnub patch --kappa 48 --length 0.5 --sign attract --filling-length 0.27
    """
    from cnub.plane.patch import patch_excess

    inputs = {"kappa": kappa, "length": length, "height": height, "sign": sign, "filling_length": filling_length}
    solution = patch_excess(kappa, length, height, sign, filling_length, shape, carried)
    named = {key: "inf" if value == float("inf") else value for key, value in inputs.items()}
    report(named, asdict(solution), as_json)


@app.command("claims")
def claims_(
    source: Annotated[str | None, typer.Option(help="talk or paper; both by default.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """The ledger: each claim of the two sources, recomputed now, with its verdict."""
    from cnub.claims import recompute, tally

    entries = recompute(source)
    rows = [entry.row() for entry in entries]
    if as_json:
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    print_table("Claims ledger", rows, ("id", "quoted", "computed", "ratio", "verdict", "note"))
    typer.echo(", ".join(f"{count} {verdict}" for verdict, count in tally(entries).items()))


@app.command()
def figures() -> None:
    """List the figures with their parameters and defaults."""
    from cnub.figures import catalogue

    rows = [
        {"id": f.id, "shows": f.summary, "parameters": ", ".join(f"{k}={v}" for k, v in f.parameters().items())}
        for f in catalogue().values()
    ]
    print_table("Figures", rows, ("id", "shows", "parameters"))


@app.command()
def figure(
    id: Annotated[str, typer.Argument(help="An id from `cnub figures`.")],
    out: Annotated[Path | None, typer.Option(help="Where to write it: .svg, .png or .pdf. Default: ID.svg.")] = None,
    data: Annotated[Path | None, typer.Option(help="Where to write the numbers behind it, as CSV.")] = None,
    parameter: Annotated[
        list[str] | None, typer.Option("-p", "--parameter", help="NAME=VALUE, as listed by `cnub figures`.")
    ] = None,
) -> None:
    """Compute one figure of the book and write it to a file."""
    from cnub.figures import find, save

    chosen = find(id)
    target = out or Path(f"{id}.svg")
    save(id, target, data, **figure_parameters(chosen.parameters(), parameter or []))
    typer.echo(f"wrote {target}" + (f" and {data}" if data else ""))


@app.command()
def runs() -> None:
    """List the heavy runs with their parameters and defaults."""
    from cnub import runs as registry

    rows = [
        {
            "name": n,
            "what": registry.title(n),
            "parameters": ", ".join(f"{k}={v}" for k, v in registry.parameters(n).items()),
        }
        for n in registry.names()
    ]
    print_table("Heavy runs", rows, ("name", "what", "parameters"))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def run(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="A name from `cnub runs`.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Execute every run, one after another.")] = False,
    cluster: Annotated[str | None, typer.Option(help="Address of a Dask scheduler to execute on.")] = None,
) -> None:
    """Execute a heavy run by papermill and record it: cnub run NAME [-p KEY VALUE ...]."""
    from cnub import runs as registry

    values = pairs(context.args)
    if (name is None) == (not every):
        raise DomainError("run must be one name from `cnub runs`, or --all")
    for chosen in registry.names() if every else [name]:
        typer.echo(f"wrote {registry.execute(chosen, values, cluster)}")


def main() -> None:
    """Entry point: bad input ends with exit status 2 and one line on standard error."""
    try:
        status = app(standalone_mode=False)
    except DomainError as error:
        _refuse(str(error))
    except Exception as error:  # click's usage errors; their class moves between releases of typer
        if not hasattr(error, "format_message"):
            raise
        _refuse(error.format_message())
    sys.exit(status if isinstance(status, int) else 0)


def _refuse(sentence: str) -> None:
    typer.echo(f"cnub: {' '.join(sentence.split())}", err=True)
    sys.exit(BAD_INPUT)


def _sphere_cases(path: Path, method: str) -> str:
    import pandas as pd

    from cnub.sphere import density_excess

    try:
        table = pd.read_csv(path)
    except (OSError, ValueError) as error:
        raise DomainError(f"cases must be a readable CSV file; {str(path)!r}: {error}") from error
    for column in ("kR", "delta", "height"):
        if column not in table:
            raise DomainError(f"cases must have the columns kR, delta, height; {column} is missing")
    answers = [
        asdict(density_excess(kR, delta, height, method))
        for kR, delta, height in zip(table["kR"], table["delta"], table["height"], strict=True)
    ]
    return pd.concat([table, pd.DataFrame(answers)], axis=1).to_csv(index=False)
