## Exceptions raised and caught across a call, with a `finally` between.
import std/[times]

type Tenth = object of CatchableError

proc part(n: int): int =
  if n mod 10 == 0: raise newException(Tenth, "a tenth")
  n

proc whole(n: int): int =
  try: result = part(n)
  finally: inc result

let start = cpuTime()
var found = 0
for n in 0 ..< 3_000_000:
  try: found += whole(n) mod 7
  except Tenth: dec found
doAssert found == 7799999
echo "time ", int((cpuTime() - start) * 1e9)
echo found
