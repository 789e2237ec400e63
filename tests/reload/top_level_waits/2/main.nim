import std/hotcodereloading
proc f(extra = 2): int32 = int32(extra)
var a = 1

echo "a ", a
echo "next"
performCodeReload()
echo "after ", f()
var b: int32 = f()
echo "b ", b, " a ", a

echo "next"
performCodeReload()
echo "end ", f(), " ", a, " ", b
