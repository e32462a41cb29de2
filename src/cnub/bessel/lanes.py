"""Eight doubles side by side, as one value of a kernel: what a processor's vector registers hold.

A recurrence waits for its last step; eight independent ones in lockstep wait together. Numba has no such type, and
LLVM finds one only in loops over arrays, whose state then goes through memory at each step. Where the processor's
registers are shorter, the compiler takes two or four of them.
"""

from __future__ import annotations

import operator

import numpy as np
from numba import config

from cnub.bessel import doubledouble

WIDTH = 8

if config.DISABLE_JIT:  # type: ignore[attr-defined]  # kernels run as plain Python, to be followed line by line

    def load(array, index):
        """The lanes that stand in ``array`` from ``index`` on."""
        return array[index : index + WIDTH].copy()

    def store(value, array, index):
        """Put the lanes ``value`` into ``array`` from ``index`` on."""
        array[index : index + WIDTH] = value

    fma = np.vectorize(doubledouble.fma)
    root = np.sqrt

else:
    from llvmlite import ir
    from numba import types
    from numba.core import cgutils
    from numba.core.typing.templates import ConcreteTemplate, infer_global, signature
    from numba.extending import intrinsic, lower_builtin, models, register_model

    class _Lanes(types.Type):
        def __init__(self):
            super().__init__(name=f"float64x{WIDTH}")

    LANES = _Lanes()
    _VECTOR = ir.VectorType(ir.DoubleType(), WIDTH)
    _INDICES = ir.VectorType(ir.IntType(32), WIDTH)
    _PAIRS = ((LANES, LANES), (LANES, types.float64), (types.float64, LANES))

    @register_model(_Lanes)
    class _LanesModel(models.PrimitiveModel):
        def __init__(self, manager, kind):
            super().__init__(manager, kind, _VECTOR)

    def _spread(builder, kind, value):
        """The value in every lane, if it is not lanes already."""
        if kind == LANES:
            return value
        nowhere = ir.Constant(_VECTOR, ir.Undefined)
        first = builder.insert_element(nowhere, value, ir.Constant(ir.IntType(32), 0))
        return builder.shuffle_vector(first, nowhere, ir.Constant(_INDICES, [0] * WIDTH))

    def _define(operation, instruction):
        """Let ``operation`` act on lanes, and on lanes and a double."""

        def generate(context, builder, sig, arguments):
            operands = [_spread(builder, kind, value) for kind, value in zip(sig.args, arguments, strict=True)]
            return getattr(builder, instruction)(*operands)

        template = type(instruction, (ConcreteTemplate,), {"cases": [signature(LANES, *pair) for pair in _PAIRS]})
        infer_global(operation)(template)
        for pair in _PAIRS:
            lower_builtin(operation, *pair)(generate)

    for _operation, _instruction in (("add", "fadd"), ("sub", "fsub"), ("mul", "fmul"), ("truediv", "fdiv")):
        _define(getattr(operator, _operation), _instruction)

    @infer_global(operator.neg)
    class _Negative(ConcreteTemplate):
        cases = (signature(LANES, LANES),)

    lower_builtin(operator.neg, LANES)(lambda context, builder, sig, arguments: builder.fneg(*arguments))

    def _call(name, count):
        """Code that calls LLVM's function ``name`` of ``count`` lanes."""

        def generate(context, builder, sig, arguments):
            kind = ir.FunctionType(_VECTOR, [_VECTOR] * count)
            function = cgutils.get_or_insert_function(builder.module, kind, f"llvm.{name}.v{WIDTH}f64")
            return builder.call(function, [_spread(builder, *pair) for pair in zip(sig.args, arguments, strict=True)])

        return generate

    def _place(context, builder, kind, array, index):
        data = context.make_array(kind)(context, builder, array).data
        return builder.bitcast(builder.gep(data, [index]), _VECTOR.as_pointer())

    @intrinsic
    def load(typing_context, array, index):
        """The lanes that stand in ``array`` from ``index`` on."""

        def generate(context, builder, sig, arguments):
            loaded = builder.load(_place(context, builder, sig.args[0], *arguments))
            loaded.align = 8
            return loaded

        return LANES(array, types.intp), generate

    @intrinsic
    def store(typing_context, value, array, index):
        """Put the lanes ``value`` into ``array`` from ``index`` on."""

        def generate(context, builder, sig, arguments):
            builder.store(arguments[0], _place(context, builder, sig.args[1], *arguments[1:]), align=8)
            return context.get_dummy_value()

        return types.void(LANES, array, types.intp), generate

    @intrinsic
    def fma(typing_context, a, b, c):
        """a * b + c rounded once, in each lane."""
        kinds = [kind if kind == LANES else types.float64 for kind in (a, b, c)]
        return LANES(*kinds), _call("fma", 3)

    @intrinsic
    def root(typing_context, a):
        """Square root, in each lane."""
        return LANES(a), _call("sqrt", 1)
