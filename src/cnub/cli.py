"""The ``cnub`` command: partial waves, rates, the ledger, figures and heavy runs from the shell."""

from __future__ import annotations

import csv
import gc
import platform
import sys
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

import typer

from cnub import physical, remake, rerun
from cnub.domain import DomainError, one_of
from cnub.kept import kept
from cnub.physical import JsonFlag
from cnub.sources import PACKAGE
from cnub.terminal import LostOutput, StandardOutput, give_up, json_text, print_table, refuse, report, share_done

app = typer.Typer(
    name="cnub",
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
BAD_INPUT = 2
SOME_ROWS_BAD = 1
NOT_WRITTEN = 1


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.", is_eager=True)] = False,
) -> None:
    """Coherent detection of the cosmic neutrino background: every number and figure, recomputed."""
    if version:
        from cnub import __version__

        typer.echo(f"cnub {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def sphere(
    kR: Annotated[float | None, typer.Option("--kR", help="Wave number times radius, > 0. The Earth: 1.7e10.")] = None,
    delta: Annotated[float | None, typer.Option(help="Refractive index minus one; > 0 attracts.")] = None,
    height: Annotated[
        float | None, typer.Option(help="Height above the surface in units of 1/k, from -kR (the centre). Default: 0.")
    ] = None,
    average: Annotated[bool, typer.Option("--average", help="Average over k by one order spacing; kR >= 50.")] = False,
    method: Annotated[str, typer.Option(help="auto, contour, direct or born: how, never what.")] = "auto",
    cases: Annotated[Path | None, typer.Option(help="CSV file with columns kR, delta, height.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Density excess dn/n0 of an isotropic monoenergetic flux around and inside a ball, at r = R + height/k.

    There are two quantities, and the answer says which it is: the sum over partial waves at exactly this k or, with
    --average, its average over k by one order spacing. Where the sum would take more than 10 s it is refused with
    the time it would take, unless `--method direct` asks for it. Of --cases each row is answered as soon as it is
    computed; a bad row is named on standard error and left out, and the exit status is 1.

    Example: cnub sphere --kR 1.7e10 --delta -2.5e-8
    """
    from cnub.sphere import density_excess

    how: dict[str, Any] = {"average": average, "method": method}
    if cases is not None:
        _refuse_beside_cases({"kR": kR, "delta": delta, "height": height, "json": as_json or None})
        _answer_cases(cases, lambda *case: density_excess(*case, **how))
        return
    for name, value in (("kR", kR), ("delta", delta)):
        if value is None:
            raise DomainError(f"{name} must be given, or a file of cases with --cases")
    at: dict[str, Any] = {"kR": kR, "delta": delta, "height": height or 0.0}
    with share_done() as progress:
        solution = density_excess(**at, **how, progress=progress)
    report(at, asdict(solution), as_json)


def _refuse_beside_cases(options: dict[str, object]) -> None:
    for name, value in options.items():
        if value is not None:
            raise DomainError(f"{name} must be left out beside --cases: the file holds the cases, the answers are CSV")


def _answer_cases(path: Path, solve) -> None:
    from cnub.cases import answer_cases

    if answer_cases(path, solve, sys.stdout):
        raise typer.Exit(SOME_ROWS_BAD)


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
    form_factor: Annotated[float, typer.Option(help="f_theta, 0 to 1.")] = 1.0,
    nufit: Annotated[str, typer.Option(help="Release of NuFIT: 6.0, as the talk has it, or 6.1.")] = "6.0",
    D_k: Annotated[float | None, typer.Option("--D-k", help="D_k in place of the convention's.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Event rate of parametric fluorescence, with every factor that made it. Defaults: the paper's nominal target.

    rate_per_year is Eq. (17) or (22) of the paper, of first order in the coupling of a photon to all dipoles. verdict
    says whether that holds; beyond it remains_low_per_year to remains_high_per_year are left of it (unit vectors to a
    free spin). sum_rule is how often the dipoles can be excited at all. Nothing is given to remain where they would
    polarize each other. Without --average every neutrino is taken at the given detuning, as Eqs. (18), (19), (23), (24)
    do.

    Example: cnub rate --transition M1 --ordering NO --average thermal
    """
    from cnub.fluorescence import event_rate

    result = event_rate(
        transition, ordering, nature=nature, initial=initial, final=final, lightest_mass=lightest_mass,
        coherence_time_s=coherence_time, volume_m3=volume, density_per_cm3=density, level_energy=level_energy,
        average=average, photon_slope=photon_slope, clustering=clustering, gas_velocity=gas_velocity,
        convention=convention, form_factor=form_factor, D_k=D_k, nufit=nufit,
    )  # fmt: skip
    report({"nufit": nufit}, result.row(), as_json)


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

    Example: cnub patch --kappa 48 --length 0.5 --filling-length 0.27
    """
    from cnub.grazing.patch import patch_excess

    inputs = {"kappa": kappa, "length": length, "height": height, "sign": sign, "filling_length": filling_length}
    solution = patch_excess(kappa, length, height, sign, filling_length, shape, carried)
    named = {key: "inf" if value == float("inf") else value for key, value in inputs.items()}
    report(named, asdict(solution), as_json)


@app.command("claims")
def claims_(
    source: Annotated[str | None, typer.Option(help="talk or paper; both by default.")] = None,
    verdict: Annotated[str | None, typer.Option(help="Only claims with this verdict, say differs.")] = None,
    id: Annotated[str | None, typer.Option(help="Only the claim of this id, with all there is to say of it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list instead of a table.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV instead of a table.")] = False,
) -> None:
    """The ledger: each claim of the two sources, recomputed, with its verdict.

    The rows are kept for the next process with the same sources and versions; one of --id is always computed now.

    Example: cnub claims --id talk-thermal-length
    """
    from cnub.claims import count_verdicts

    if as_json and as_csv:
        raise DomainError("csv must be left out beside --json")
    rows = _ledger(source, verdict, id)
    if as_json:
        typer.echo(json_text(rows))
    elif as_csv:
        _print_csv(rows)
    elif id is not None and rows:
        report({}, rows[0], as_json=False)
    else:
        print_table("Claims ledger", rows, ("id", "statement", "quoted", "computed", "verdict"))
        counts = count_verdicts(str(row["verdict"]) for row in rows)
        typer.echo(", ".join(f"{count} {verdict}" for verdict, count in counts.items()) or "no such claim")


def _ledger(source: str | None, verdict: str | None, id: str | None) -> list[dict[str, object]]:
    from cnub.claims import SOURCES, VERDICTS, claims, judge

    if verdict is not None:
        one_of("verdict", verdict, VERDICTS)
    if source is not None:
        one_of("source", source, SOURCES)
    rows = _every_row() if id is None else [judge(claim).row() for claim in claims(source) if claim.id == id]
    if id is not None and not rows:
        raise DomainError(f"id must be that of a claim, as `cnub claims` lists them; got {id!r}")
    return [row for row in rows if source in (None, row["source"]) and verdict in (None, row["verdict"])]


def _every_row() -> list[dict[str, object]]:
    """All rows; those that a process before made from the same sources with the same versions are kept."""
    from cnub.claims import recompute

    versions = "-".join([platform.python_version(), *map(metadata.version, ("numpy", "scipy", "numba"))])
    return kept(f"claims-{versions}", (PACKAGE / "claims").glob("*.py"), lambda: [entry.row() for entry in recompute()])


def _print_csv(rows: list[dict[str, object]]) -> None:
    writer = csv.DictWriter(sys.stdout, rows[0] if rows else ["id"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


for command in (
    physical.earth,
    physical.capture,
    physical.acceleration,
    remake.figures,
    remake.figure,
    rerun.runs,
    rerun.run,
    rerun.reproduce,
    remake.chapter,
):
    app.command()(command)


def main() -> None:
    """Entry point: bad input ends with exit status 2 and one line on standard error."""
    if sys.stdout is not None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")  # a terminal without Greek letters
        sys.stdout = StandardOutput(sys.stdout)
    try:
        status = _invoke()
        print(end="", flush=True)
    except LostOutput as lost:
        give_up(lost)
        status = NOT_WRITTEN
    gc.freeze()  # an end that searches a compiler's objects for circles takes as long as the answer
    sys.exit(status)


def _invoke() -> int:
    try:
        status = app(standalone_mode=False, prog_name="cnub")
    except DomainError as error:
        refuse(str(error))
        return BAD_INPUT
    except Exception as error:  # click's usage errors; their class moves between releases of typer
        if not hasattr(error, "format_message"):
            raise
        refuse(error.format_message())
        return BAD_INPUT
    return status if isinstance(status, int) else 0


if __name__ == "__main__":
    main()
