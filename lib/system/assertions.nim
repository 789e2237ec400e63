# Assertions. What they raise has the place, the condition's text and the message, as Nim shows them.

{.push stackTrace: off.}

proc raiseAssert*(msg: string) {.noreturn.} =
  ## Raises an AssertionDefect.
  raise (ref AssertionDefect)(msg: msg)

proc failedAssertImpl*(msg: string) {.noreturn.} =
  ## What a failed assertion calls.
  raiseAssert(msg)

proc failedAssert(where: tuple[filename: string, line: int, column: int], condition, msg: string) {.noreturn.} =
  failedAssertImpl(where.filename & "(" & $where.line & ", " & $(where.column + 1) & ") `" & condition & "` " & msg)

template assert*(cond: untyped, msg = "") =
  ## Raises an AssertionDefect unless `cond` holds. Nothing is evaluated with `--assertions:off`.
  when compileOption("assertions"):
    if not cond: failedAssert(instantiationInfo(-1, fullPaths = true), astToStr(cond), msg)

template doAssert*(cond: untyped, msg = "") =
  ## As `assert`, whatever the switches say.
  if not cond: failedAssert(instantiationInfo(-1, fullPaths = true), astToStr(cond), msg)

proc expectedRaise(expected, code, instead: string) {.noreturn.} =
  raiseAssert("expected raising '" & expected & "', instead " & instead & " by: " & code)

template doAssertRaises*(exception: typedesc, code: untyped) =
  ## Raises an AssertionDefect unless `code` raises `exception` or what derives from it.
  var nothingRaised = false
  try:
    if true:
      code
    nothingRaised = true
  except exception:
    discard
  except Exception as e:
    expectedRaise(astToStr(exception), astToStr(code), "raised '" & $e.name & "'")
  if nothingRaised:
    expectedRaise(astToStr(exception), astToStr(code), "nothing was raised")

{.pop.}
