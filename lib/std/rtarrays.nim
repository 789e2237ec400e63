## Arrays whose length is known when they are made; short ones take no memory of their own.

const shortLength = 10

type RtArray*[T] = object
  ## An array of `L` elements.
  L: Natural
  long: seq[T]
  short: array[shortLength, T]

proc initRtArray*[T](len: Natural): RtArray[T] =
  ## An array of so many elements.
  result.L = len
  if len > shortLength: newSeq(result.long, len)

proc getRawData*[T](x: var RtArray[T]): ptr UncheckedArray[T] =
  ## The elements.
  if x.L > shortLength: cast[ptr UncheckedArray[T]](addr x.long[0])
  else: cast[ptr UncheckedArray[T]](addr x.short)
