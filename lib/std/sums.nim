## Sums of floats that lose little to rounding.

func sumKbn*[T](x: openArray[T]): T =
  ## The sum by Kahan, Babuška and Neumaier, which carries along what rounding took away.
  if x.len == 0: return
  var sum = x[0]
  var lost: T
  for i in 1 ..< x.len:
    let next = sum + x[i]
    if abs(sum) >= abs(x[i]): lost += (sum - next) + x[i]
    else: lost += (x[i] - next) + sum
    sum = next
  result = sum + lost

func halves[T](x: openArray[T], first, n: int): T =
  # Few are added in turn, more by halves.
  if n < 8:
    result = x[first]
    for i in first + 1 ..< first + n: result += x[i]
  else:
    let half = n div 2
    result = halves(x, first, half) + halves(x, first + half, n - half)

func sumPairs*[T](x: openArray[T]): T =
  ## The sum of the sums of both halves.
  if x.len > 0: result = halves(x, 0, x.len)
