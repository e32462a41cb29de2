"""The commands that ask in physical units: a mass in eV, a height in metres, grams of tritium."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from cnub.terminal import json_text, print_table, report

JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")]


def earth(
    mass: Annotated[float, typer.Option(help="Mass of the neutrino in eV, > 0.")],
    state: Annotated[str, typer.Option(help="nu_e, nu_mu, nu_tau, nu_1, nu_2 or nu_3.")] = "nu_e",
    anti: Annotated[bool, typer.Option("--anti", help="The antineutrino; Majorana: helicity +1.")] = False,
    nature: Annotated[str, typer.Option(help="dirac or majorana.")] = "dirac",
    material: Annotated[str, typer.Option(help="Of the ground: crust, mantle, earth, water, iron, ...")] = "crust",
    height: Annotated[float, typer.Option(help="Height in metres, >= 0.")] = 0.0,
    momentum: Annotated[float | None, typer.Option(help="In eV. Default: the mean of the gas, 5.3e-4.")] = None,
    gas: Annotated[bool, typer.Option("--gas", help="Average over the relic gas; up to 0.1 m.")] = False,
    shape: Annotated[str, typer.Option(help="round, flat or patch.")] = "round",
    length: Annotated[float | None, typer.Option(help="Of the patch, in metres.")] = None,
    filling_length: Annotated[
        float, typer.Option(help="How far back, in metres, states trapped under the patch were empty; inf: never.")
    ] = float("inf"),
    ordering: Annotated[str, typer.Option(help="NO or IO: mixing of the mass states.")] = "NO",
    as_json: JsonFlag = False,
) -> None:
    """Relic neutrinos above the ground: density excess, asymmetry, its gradient, acceleration of a body in it.

    In the steady state all is of order delta, over round and flat ground alike. The last line is the dimensionless
    call behind a fixed momentum. A Dirac neutrino of speed v has 1 + v times the potential at rest, a Majorana one of
    helicity -1 2v times that.

    Example: cnub earth --mass 0.1 --state nu_mu --height 1e-3 --gas
    """
    from cnub.forces.ground import earth as answer

    found = answer(
        mass, state, height, anti=anti, nature=nature, ground=material, momentum=momentum, gas=gas, shape=shape,
        length_m=length, filling_length_m=filling_length, ordering=ordering,
    )  # fmt: skip
    report({"mass": mass, "state": state, "height": height}, asdict(found), as_json)


def capture(
    mass: Annotated[float, typer.Option(help="Lightest neutrino mass in eV, 0 to 10.")] = 0.05,
    ordering: Annotated[str, typer.Option(help="NO or IO.")] = "NO",
    nature: Annotated[str, typer.Option(help="dirac or majorana.")] = "dirac",
    resolution: Annotated[float, typer.Option(help="Full width at half maximum in eV, 1e-4 to 10.")] = 0.05,
    target: Annotated[str, typer.Option(help="What holds the tritium: free, graphene or nanotube.")] = "free",
    tritium_g: Annotated[float, typer.Option(help="Tritium in grams, > 0.")] = 100.0,
    clustering: Annotated[float, typer.Option(help="Local neutrino density over the cosmic mean.")] = 1.0,
    as_json: JsonFlag = False,
) -> None:
    """Relic neutrinos captured on tritium: rate, peaks, smearing by what holds the atom, signal and background.

    Energies are counted from the end of the spectrum for massless neutrinos. The window is as wide as the peak, around
    the state that needs the least time to evidence at 3 sigma; inf years: never.

    Example: cnub capture --mass 0.1 --target graphene
    """
    from cnub.capture import capture_rate

    inputs: dict[str, Any] = {
        "mass": mass, "ordering": ordering, "nature": nature, "resolution": resolution, "target": target,
        "tritium_g": tritium_g, "clustering": clustering,
    }  # fmt: skip
    report(inputs, asdict(capture_rate(**inputs)), as_json)


def acceleration(
    mass: Annotated[float, typer.Option(help="Mass of the neutrinos in eV, 5e-3 to 100.")] = 0.1,
    nature: Annotated[str, typer.Option(help="dirac or majorana.")] = "dirac",
    material: Annotated[str, typer.Option(help="Of the ground and of the body on it: crust, iron, ...")] = "crust",
    radius: Annotated[float, typer.Option(help="Of the magnet and of the ball, in metres, 1e-9 to 1.")] = 1e-2,
    lepton_asymmetry: Annotated[
        float | None, typer.Option(help="(n_nu - n_nubar)/(2 nbar), for the torque; not 0. Default: of the baryons.")
    ] = None,
    clustering: Annotated[float, typer.Option(help="Local neutrino density over the cosmic mean.")] = 1.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list instead of a table.")] = False,
) -> None:
    """Every mechanical effect of the relic gas on a body, in cm/s^2, and how many powers of ten it is short of sensors.

    Gradients act on a small body of the ground's material; the torque on an iron ring; the wind on an iron ball. A
    ball that is too large for the first Born order is left out.

    Example: cnub acceleration --mass 0.05 --nature majorana
    """
    from cnub.forces.sensitivity import accelerations

    named = {"mass": mass, "nature": nature, "ground": material, "radius_m": radius, "clustering": clustering}
    own = {} if lepton_asymmetry is None else {"lepton_asymmetry": lepton_asymmetry}
    rows = accelerations(**named, **own).to_dict("records")  # type: ignore[arg-type]
    if as_json:
        typer.echo(json_text(rows))
    else:
        print_table("Accelerations at the Earth's surface", rows, tuple(rows[0]))
