## Statistics of samples that come one after the other.

import std/math

type
  RunningStat* = object
    ## Of the samples so far.
    n*: int ## How many.
    min*, max*, sum*: float
    mom1, mom2, mom3, mom4: float # the mean, and sums of powers of the distances from it
  RunningRegress* = object
    ## Of pairs so far.
    n*: int ## How many.
    x_stats*, y_stats*: RunningStat
    s_xy: float

func clear*(s: var RunningStat) = s = RunningStat()
  ## Forgets all.

func push*(s: var RunningStat, x: float) =
  ## Takes a sample.
  if s.n == 0:
    s.min = x
    s.max = x
  else:
    if x < s.min: s.min = x
    if x > s.max: s.max = x
  inc s.n
  s.sum += x
  let n = float(s.n)
  let delta = x - s.mom1
  let deltaN = delta / n
  let deltaN2 = deltaN * deltaN
  let term = delta * deltaN * (n - 1)
  s.mom4 += term * deltaN2 * (n * n - 3 * n + 3) + 6 * deltaN2 * s.mom2 - 4 * deltaN * s.mom3
  s.mom3 += term * deltaN * (n - 2) - 3 * deltaN * s.mom2
  s.mom2 += term
  s.mom1 += deltaN

func push*(s: var RunningStat, x: int) = s.push(float(x))
func push*(s: var RunningStat, x: openArray[float | int]) =
  for value in x: s.push(float(value))

func mean*(s: RunningStat): float = s.mom1
func variance*(s: RunningStat): float = s.mom2 / float(s.n)
  ## Of these samples.
func varianceS*(s: RunningStat): float = (if s.n > 1: s.mom2 / float(s.n - 1) else: 0.0)
  ## Estimated for all from these samples.
func standardDeviation*(s: RunningStat): float = sqrt(s.variance)
func standardDeviationS*(s: RunningStat): float = sqrt(s.varianceS)
func skewness*(s: RunningStat): float = sqrt(float(s.n)) * s.mom3 / pow(s.mom2, 1.5)
func skewnessS*(s: RunningStat): float =
  let n = float(s.n)
  sqrt(n * (n - 1)) / (n - 2) * s.skewness
func kurtosis*(s: RunningStat): float = float(s.n) * s.mom4 / (s.mom2 * s.mom2) - 3.0
func kurtosisS*(s: RunningStat): float =
  let n = float(s.n)
  (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * s.kurtosis + 6)

func `+`*(a, b: RunningStat): RunningStat =
  ## Of the samples of both.
  result.n = a.n + b.n
  let (an, bn, n) = (float(a.n), float(b.n), float(result.n))
  let delta = b.mom1 - a.mom1
  let (d2, d3, d4) = (delta * delta, delta * delta * delta, delta * delta * delta * delta)
  result.mom1 = (an * a.mom1 + bn * b.mom1) / n
  result.mom2 = a.mom2 + b.mom2 + d2 * an * bn / n
  result.mom3 = a.mom3 + b.mom3 + d3 * an * bn * (an - bn) / (n * n) + 3.0 * delta * (an * b.mom2 - bn * a.mom2) / n
  result.mom4 = a.mom4 + b.mom4 + d4 * an * bn * (an * an - an * bn + bn * bn) / (n * n * n) +
    6.0 * d2 * (an * an * b.mom2 + bn * bn * a.mom2) / (n * n) + 4.0 * delta * (an * b.mom3 - bn * a.mom3) / n
  result.sum = a.sum + b.sum
  result.min = min(a.min, b.min)
  result.max = max(a.max, b.max)

func `+=`*(a: var RunningStat, b: RunningStat) = a = a + b

func `$`*(a: RunningStat): string =
  result = "RunningStat(\n"
  result.add("  number of probes: " & $a.n & "\n")
  result.add("  max: " & $a.max & "\n")
  result.add("  min: " & $a.min & "\n")
  result.add("  sum: " & $a.sum & "\n")
  result.add("  mean: " & $a.mean & "\n")
  result.add("  std deviation: " & $a.standardDeviation & "\n")
  result.add(")")

func statOf[T](x: openArray[T]): RunningStat =
  for value in x: result.push(float(value))

func mean*[T](x: openArray[T]): float = statOf(x).mean
func variance*[T](x: openArray[T]): float = statOf(x).variance
func varianceS*[T](x: openArray[T]): float = statOf(x).varianceS
func standardDeviation*[T](x: openArray[T]): float = statOf(x).standardDeviation
func standardDeviationS*[T](x: openArray[T]): float = statOf(x).standardDeviationS
func skewness*[T](x: openArray[T]): float = statOf(x).skewness
func skewnessS*[T](x: openArray[T]): float = statOf(x).skewnessS
func kurtosis*[T](x: openArray[T]): float = statOf(x).kurtosis
func kurtosisS*[T](x: openArray[T]): float = statOf(x).kurtosisS

func clear*(r: var RunningRegress) = r = RunningRegress()
  ## Forgets all.
func push*(r: var RunningRegress, x, y: float) =
  ## Takes a pair.
  r.s_xy += (r.x_stats.mean - x) * (r.y_stats.mean - y) * float(r.n) / float(r.n + 1)
  r.x_stats.push(x)
  r.y_stats.push(y)
  inc r.n
func push*(r: var RunningRegress, x, y: int) = r.push(float(x), float(y))
func push*(r: var RunningRegress, x, y: openArray[float | int]) =
  assert x.len == y.len
  for i in 0 ..< x.len: r.push(x[i], y[i])
func slope*(r: RunningRegress): float = r.s_xy / (r.x_stats.varianceS * float(r.n - 1))
func intercept*(r: RunningRegress): float = r.y_stats.mean - r.slope * r.x_stats.mean
func correlation*(r: RunningRegress): float =
  r.s_xy / (float(r.n) * r.x_stats.standardDeviation * r.y_stats.standardDeviation)
func `+`*(a, b: RunningRegress): RunningRegress =
  ## Of the pairs of both.
  result.x_stats = a.x_stats + b.x_stats
  result.y_stats = a.y_stats + b.y_stats
  result.n = a.n + b.n
  let dx = b.x_stats.mean - a.x_stats.mean
  let dy = b.y_stats.mean - a.y_stats.mean
  result.s_xy = a.s_xy + b.s_xy + float(a.n * b.n) * dx * dy / float(result.n)
func `+=`*(a: var RunningRegress, b: RunningRegress) = a = a + b
