discard """
  output: '''
1
64
not defined
declared
f
takes none
native
no debug
between
8 0
true
truetruetruetruefalse
'''
"""
when true:
  let a = 1
else:
  let a = undeclared
echo a
when sizeof(int) == 8:
  echo "64"
elif sizeof(int) == 4:
  echo "32"
when defined(surelyNotDefined): echo "defined" else: echo "not defined"
when declared(echo) and not declared(nothingLikeThis): echo "declared"
proc f() = discard
when declared(f): echo "f"
when compiles(f(1)): echo "takes one" else: echo "takes none"
when not defined(js): echo "native"
const debugging = false
when debugging:
  echo "debug"
else:
  echo "no debug"
const n = 5
when n > 3 and n < 10: echo "between"
type T = object
  when n > 3:
    big: int
  else:
    small: int8
echo sizeof(T), " ", T().big

# A type may depend on a condition.
type Word = (when sizeof(pointer) == 8: int64 else: int32)
echo sizeof(Word) == sizeof(pointer)

echo defined(nimHasTypeof), defined(nimV2), defined(nim_v2), defined(nimSeqsV2), defined(nimHasSomethingElse)
