"""The schematic drawings: what is drawn obeys the laws that it illustrates, and the words are clear of each other."""

import itertools
import math

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from scipy.linalg import solve_continuous_lyapunov

from cnub.capture.smearing import ANGSTROM
from cnub.constants import HBAR_EV_S, METRE
from cnub.figures import catalogue, find, sketch
from cnub.fluorescence import channel, event_rate

SKETCHES = tuple(id for id in catalogue() if id.endswith("-sketch"))
ROUNDING = 1e-12
"""Of positions and directions, which are a few operations away from the formula; the largest seen is 3e-15."""
PHONE = 330
"""Pixels that a figure has on a screen of 360."""


def test_there_are_five():
    assert len(SKETCHES) == 5


def _unit(vector):
    return vector / np.hypot(*vector)


def _area(first, second):
    return first[0] * second[1] - first[1] * second[0]


def _rays(delta):
    for (particle, ray), path in find("sphere-sketch").compute(delta=delta).groupby(["particle", "ray"], sort=False):
        index = 1 + delta if particle == "attracted" else 1 - delta
        inside = {"inside": index, "outside": 1.0}
        yield ray, index, path[["x_R", "y_R"]].to_numpy(), [inside.get(side) for side in path["then"]]


@pytest.mark.parametrize("delta", [0.05, 0.1, 0.12])
def test_rays_at_the_earth_refract_by_snells_law_or_are_reflected(delta):
    seen = []
    for ray, _, corners, indices in _rays(delta):
        if ray == "leaks":
            continue
        for n in range(1, len(corners) - 1):
            assert np.hypot(*corners[n]) == pytest.approx(1.0, rel=ROUNDING)
            before, after = _unit(corners[n] - corners[n - 1]), _unit(corners[n + 1] - corners[n])
            along = np.array([corners[n][1], -corners[n][0]])
            assert indices[n - 1] * before @ along == pytest.approx(indices[n] * after @ along, rel=ROUNDING)
            turned = np.sign(before @ corners[n]) != np.sign(after @ corners[n])
            assert turned == (ray in ("trapped", "reflected")) == (indices[n - 1] == indices[n])
            seen.append(ray)
    assert set(seen) == {"passes", "trapped", "reflected", "steep"}


@pytest.mark.parametrize("delta", [0.05, 0.1, 0.12])
def test_what_is_reflected_totally_is_within_the_critical_angle_and_what_passes_is_not(delta):
    for ray, index, corners, indices in _rays(delta):
        if ray == "leaks":
            continue
        way = _unit(corners[1] - corners[0])
        momentum = indices[0] * way @ np.array([corners[1][1], -corners[1][0]])
        allowed = min(index, 1.0) if ray != "trapped" else 1.0
        assert (momentum > allowed) == (ray in ("trapped", "reflected")), ray


def test_the_trapped_ray_would_be_free_where_its_angular_momentum_is_tangent():
    paths = {ray: (index, corners) for ray, index, corners, _ in _rays(0.1)}
    index, trapped = paths["trapped"]
    _, leak = paths["leaks"]
    angular = index * abs(_area(trapped[0], _unit(trapped[1] - trapped[0])))
    assert np.hypot(*leak[1]) == pytest.approx(angular, rel=ROUNDING) and angular > 1
    assert _unit(leak[2] - leak[1]) @ leak[1] == pytest.approx(0.0, abs=ROUNDING)
    assert any(np.hypot(*(leak[0] - corner)) < ROUNDING for corner in trapped)


SLABS = [(-1e-8, 0.5), (3e-3, 0.5), (-0.1, 0.4), (0.1, 0.6)]


@pytest.mark.parametrize(("delta", "sine"), SLABS)
def test_rays_in_the_slab_obey_snell_and_carry_what_came(delta, sine):
    table = find("recoil-sketch").compute(delta=delta, sine=sine)
    rays = {name: part for name, part in table[table["kind"] == "ray"].groupby("part")}
    ways = {name: _unit(np.diff(part[["x", "y"]].to_numpy(), axis=0)[0]) for name, part in rays.items()}
    share = {name: part["size"].iloc[0] for name, part in rays.items()}
    normal = table[table["kind"] == "momentum"].set_index("part")["size"]
    index = ways["incoming"][0] / ways["inside"][0]
    assert (index < 1) == (delta < 0)
    assert index * abs(ways["inside"][1]) == pytest.approx(normal["in"], rel=ROUNDING)
    assert ways["transmitted"] == pytest.approx(ways["incoming"], rel=ROUNDING)
    assert abs(ways["incoming"][1]) == pytest.approx(normal["before"], rel=ROUNDING)
    face = ((normal["before"] - normal["in"]) / (normal["before"] + normal["in"])) ** 2
    assert share["reflected"] == pytest.approx(face, rel=ROUNDING)
    missing = share["inside"] * face**2  # what runs on inside the slab
    parts = share["reflected"] + share["transmitted"] + share["reflected again"] + missing
    assert parts == pytest.approx(share["incoming"], rel=ROUNDING)


@pytest.mark.parametrize(("delta", "sine"), SLABS)
def test_pushes_are_the_balance_of_the_momenta_that_are_drawn(delta, sine):
    table = find("recoil-sketch").compute(delta=delta, sine=sine)
    push, normal, ray = (
        table[table["kind"] == kind].groupby("part")["size"].first() for kind in ("push", "momentum", "ray")
    )
    back = 2 * ray["reflected"] / (1 + ray["reflected"])
    s, inside = normal["before"], normal["in"]
    assert push["entry"] == pytest.approx(s * (s * (1 + back) - inside), rel=ROUNDING)
    assert push["exit"] == pytest.approx(s * (inside - s * (1 - back)), rel=ROUNDING)
    assert push["sum"] == pytest.approx(push["entry"] + push["exit"], rel=1e-11)  # of terms that nearly cancel
    assert push["sum"] > 0 and push["entry"] * push["exit"] < 0


@pytest.mark.parametrize("ordering", ["NO", "IO"])
@pytest.mark.parametrize("lightest", [0.0, 0.05, 1.0])
def test_levels_conserve_energy_and_momentum(ordering, lightest):
    table = find("fluorescence-sketch").compute(ordering=ordering, lightest_mass_eV=lightest, detuning=0.2)
    energy = table.set_index("level")["energy_eV"]
    chosen = channel(ordering, lightest_mass=lightest)
    assert energy["before"] == chosen.initial_mass
    assert energy["before"] - energy["after"] == pytest.approx(energy["photon"], rel=1e-9)  # a difference of 1 eV
    assert energy["lent"] == energy["photon"] and energy["g"] == 0.0
    assert energy["v"] - energy["lent"] == pytest.approx(0.2 * energy["photon"], rel=ROUNDING)
    recoil = math.sqrt((energy["after"] - chosen.final_mass) * (energy["after"] + chosen.final_mass))
    assert recoil == pytest.approx(energy["photon"], rel=1e-6)  # of a slow daughter: a small difference once more


@pytest.mark.parametrize("density", [1e16, 1e20, 6.02214076e23])
def test_shares_that_leave_are_those_of_two_damped_oscillators(density):
    """Integrated over time: d rho/dt = -i(H rho - rho H^+) from one excitation, losses in its diagonal."""
    given = {"coherence_time_s": 1e-8, "length_m": 3.0, "density_per_cm3": density}
    table = find("discovery-sketch").compute(**given)
    domain = event_rate("M1", "NO", density_per_cm3=density).domain
    width, speed = HBAR_EV_S / 1e-8, channel("NO").final_speed
    for row in table.itertuples():
        rise = 1 + row.slope / speed
        out = row.slope / (3.0 * METRE) / rise
        g = domain.coupling / math.sqrt(rise)
        generator = -1j * np.array([[-0.5j * width, g], [g, -0.5j * out]])
        spent = solve_continuous_lyapunov(generator, -np.diag([1.0, 0.0]).astype(complex))
        assert row.leaves == pytest.approx(out * spent[1, 1].real, rel=1e-8)
        assert row.leaves + row.lost == pytest.approx(1.0, rel=ROUNDING)
    if density > 1e20:
        assert table["leaves"].is_monotonic_decreasing


def test_bound_atoms_keep_to_the_uncertainty_and_their_lines_to_the_momenta():
    table = find("capture-sketch").compute()
    for (_, direction), part in table.groupby(["target", "direction"]):
        product = part["width_A"].iloc[0] * ANGSTROM * part["momentum_eV"].iloc[0]
        assert product >= 0.5 * (1 - ROUNDING)
        assert (product > 0.51) == (direction == "across"), "only a square well is no Gaussian"
        spread, energy, line = part["spread_eV"].iloc[0], part["energy_eV"], part["line_per_eV"]
        if direction != "along":
            held = math.erf(energy.max() / spread / math.sqrt(2))
            assert np.trapezoid(line, energy) == pytest.approx(held, rel=1e-3)  # the trapezium rule: 2e-4
        if direction == "across":
            assert math.sqrt(np.trapezoid(energy**2 * line, energy)) == pytest.approx(spread, rel=1e-3)


OTHER = {
    "recoil-sketch": {"delta": 1e-8},
    "fluorescence-sketch": {"ordering": "IO", "lightest_mass_eV": 1.0},
    "capture-sketch": {"mass_eV": 0.8, "length_A": 10.0},
    "discovery-sketch": {"length_m": 0.0123, "density_per_cm3": 1e10},
    "sphere-sketch": {"delta": 0.05},
}
"""Settings that look least like the defaults."""


@pytest.mark.parametrize(("id", "setting"), [*((id, {}) for id in SKETCHES), *OTHER.items()])
def test_words_are_inside_the_sheet_clear_of_each_other_and_large_on_a_phone(id, setting):
    chosen = find(id)
    canvas = chosen.canvas(chosen.compute(**setting), setting)
    renderer = FigureCanvasAgg(canvas).get_renderer()
    (axes,), across, whole = canvas.axes, canvas.get_size_inches()[0], canvas.bbox
    boxes = {(n, text.get_text()): text.get_window_extent(renderer) for n, text in enumerate(axes.texts)}
    for name, box in boxes.items():
        assert whole.x0 <= box.x0 and box.x1 <= whole.x1 and whole.y0 <= box.y0 and box.y1 <= whole.y1, name
    for (one, first), (other, second) in itertools.combinations(boxes.items(), 2):
        assert not first.overlaps(second), (one, other)
    assert min(text.get_fontsize() for text in axes.texts) * PHONE / across / 72 > 11


LIGHT = {"text.color": "#123456", "axes.prop_cycle": mpl.cycler(color=["#234567", "#345678", "#456789"])}


@pytest.mark.parametrize("id", SKETCHES)
def test_colours_are_those_of_the_style_in_force(id):
    with mpl.rc_context(LIGHT):
        (axes,) = find(id).canvas(find(id).compute()).axes
        used = {mpl.colors.to_hex(artist.get_color()) for artist in (*axes.texts, *axes.lines)}
        used |= {mpl.colors.to_hex(patch.get_facecolor()) for patch in axes.patches if patch.get_facecolor()[3] > 0}
    assert used <= {"#123456", "#234567", "#345678", "#456789"} and len(used) > 1


def test_a_wave_keeps_to_its_way_and_ends_straight():
    points = sketch.wave((0.0, 0.0), (3.0, 4.0), periods=5, amplitude=0.1)
    off = _area(points.T, np.array([0.6, 0.8]))
    assert np.abs(off).max() == pytest.approx(0.1, rel=0.01) and abs(off[-1]) < ROUNDING
    assert points[-1] == pytest.approx([3.0, 4.0]) and np.count_nonzero(np.diff(np.sign(off[1:-1]))) >= 9
