## The order of bytes in memory.

proc swapBytes(outp, inp: pointer, n: int) =
  # Both may be the same place.
  var copy: array[8, byte]
  copyMem(addr copy, inp, n)
  let to = cast[ptr UncheckedArray[byte]](outp)
  for i in 0 ..< n: to[i] = copy[n - 1 - i]

proc swapEndian64*(outp, inp: pointer) = swapBytes(outp, inp, 8)
  ## Copies eight bytes in the other order.
proc swapEndian32*(outp, inp: pointer) = swapBytes(outp, inp, 4)
  ## Copies four bytes in the other order.
proc swapEndian16*(outp, inp: pointer) = swapBytes(outp, inp, 2)
  ## Copies two bytes in the other order.

template ordered(name, size, order, swap: untyped) =
  proc name*(outp, inp: pointer) =
    when cpuEndian == order: moveMem(outp, inp, size)
    else: swap(outp, inp)

ordered(littleEndian64, 8, littleEndian, swapEndian64)
ordered(littleEndian32, 4, littleEndian, swapEndian32)
ordered(littleEndian16, 2, littleEndian, swapEndian16)
ordered(bigEndian64, 8, bigEndian, swapEndian64)
ordered(bigEndian32, 4, bigEndian, swapEndian32)
ordered(bigEndian16, 2, bigEndian, swapEndian16)
