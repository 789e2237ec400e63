discard """
  output: '''
23416728348467685
'''
"""
# A macro as the pragma of a proc, with variables of its own names.
import macros, tables
macro memoize(fn: untyped): untyped =
  let params = fn.params
  let ret = params[0]
  let argName = params[1][0]
  let argType = params[1][1]
  let cache = genSym(nskVar, "cache")
  let name = fn.name
  let body = fn.body
  let impl = genSym(nskProc, "impl")
  fn.body = quote do:
    if `argName` in `cache`: return `cache`[`argName`]
    proc `impl`(): `ret` =
      `body`
    result = `impl`()
    `cache`[`argName`] = result
  result = newStmtList()
  result.add quote do:
    var `cache` = initTable[`argType`, `ret`]()
  result.add fn
proc fib(n: int): int {.memoize.} =
  if n < 2: n else: fib(n-1) + fib(n-2)
echo fib(80)
