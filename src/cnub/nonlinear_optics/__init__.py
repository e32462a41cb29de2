"""The nonlinear optics that the paper borrows from: susceptibilities and down-conversion."""
