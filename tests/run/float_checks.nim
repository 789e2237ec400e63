discard """
  output: '''
nan
FloatInvalidOpDefect FPU operation caused a NaN result
0.0
FloatInvalidOpDefect FPU operation caused a NaN result
nan
0.0
inf
FloatOverflowDefect FPU operation caused an overflow
0.0
FloatOverflowDefect FPU operation caused an overflow
FloatOverflowDefect FPU operation caused an overflow
0.0
-inf
FloatUnderflowDefect FPU operations caused an underflow
-0.0
FloatUnderflowDefect FPU operations caused an underflow
FloatUnderflowDefect FPU operations caused an underflow
-0.0
1.0
1.0
FloatOverflowDefect FPU operation caused an overflow
1.0
1.0
inf
0.5
0.5
2.0
0.5
0.5
2.0
nan
FloatInvalidOpDefect FPU operation caused a NaN result
FloatInvalidOpDefect FPU operation caused a NaN result
FloatInvalidOpDefect FPU operation caused a NaN result
nan
nan
nan
FloatInvalidOpDefect FPU operation caused a NaN result
FloatOverflowDefect FPU operation caused an overflow
FloatInvalidOpDefect FPU operation caused a NaN result
nan
inf
inf
FloatOverflowDefect FPU operation caused an overflow
FloatOverflowDefect FPU operation caused an overflow
FloatOverflowDefect FPU operation caused an overflow
FloatOverflowDefect FPU operation caused an overflow
inf
1.0
1.0
0.0
1.0
1.0
0.0
FloatOverflowDefect FPU operation caused an overflow
nan
-inf
FloatOverflowDefect FPU operation caused an overflow
4.0
inf
FloatOverflowDefect FPU operation caused an overflow
FloatOverflowDefect FPU operation caused an overflow
inf
'''
"""
# What arithmetic on floats gives is checked where `nanChecks` and `infChecks` are on, which `checks: on` does too.
proc f(a, b: float): float =
  {.push floatChecks: on.}
  result = a / b
  {.pop.}
{.push nanChecks: on, infChecks: on.}
proc g(a, b: float): float = a / b
proc m(a, b: float): float = a * b
proc single(a, b: float32): float32 = a + b
proc neg(a: float): float = -a
{.pop.}
{.push checks: on.}
proc d(a, b: float): float = a / b
{.pop.}
{.push checks: off.}
{.push infChecks: on.}
proc off(a, b: float): float = a / b
proc compound(a, b: float): float =
  var x = a
  x *= b
  x
{.pop.}
{.pop.}

template shown(x) =
  try: echo x
  except FloatingPointDefect as e: echo e.name, " ", e.msg

for (a, b) in [(0.0, 0.0), (1.0, 0.0), (-1.0, 0.0), (1e308, 1e308), (1.0, 2.0), (NaN, 1.0), (Inf, Inf), (Inf, 2.0),
               (1e-300, 1e-300)]:
  shown f(a, b)
  shown g(a, b)
  shown m(a, b)
  shown d(a, b)
  shown off(a, b)
  shown compound(a, b)
shown single(3e38, 3e38)
shown neg(NaN)
shown neg(Inf)

{.floatChecks: on.}
proc twice[T](a: T): T = a + a
shown twice(1e308)
shown twice(2.0)
const c = 1.0 / 0.0
echo c
let v = 1e308
shown v * 10.0
shown (v * 10.0 - v)
var q = v
q += v
echo q
