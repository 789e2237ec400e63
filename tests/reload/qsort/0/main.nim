# A reload from a callback that C called: C goes on with the address that it has, which is current.
import logic

proc qsort(base: pointer, count, size: csize_t, compare: Comparison) {.importc, header: "<stdlib.h>".}

proc step*() =
  var numbers = [3.cint, 1, 2]
  qsort(addr numbers[0], 3, csize_t(sizeof(cint)), compare)
  echo numbers[0], " ", numbers[1], " ", numbers[2]
