# Assertions. What they raise has the place, the condition's text and the message, as Nim shows them.

{.push stackTrace: off.}

proc raiseAssert*(msg: string) {.noreturn.} =
  ## Raises an AssertionDefect.
  raise (ref AssertionDefect)(msg: msg)

proc failedAssertImpl*(msg: string) {.noreturn.} =
  ## What a failed assertion calls.
  raiseAssert(msg)

proc assertionText(where: tuple[filename: string, line: int, column: int], condition, msg: string): string =
  where.filename & "(" & $where.line & ", " & $(where.column + 1) & ") `" & condition & "` " & msg

template assert*(cond: untyped, msg = "") =
  ## Raises an AssertionDefect unless `cond` holds. Nothing is evaluated with `--assertions:off`.
  mixin failedAssertImpl
  when compileOption("assertions"):
    if not cond: failedAssertImpl(assertionText(instantiationInfo(-1, fullPaths = true), astToStr(cond), msg))

template doAssert*(cond: untyped, msg = "") =
  ## As `assert`, whatever the switches say.
  mixin failedAssertImpl
  if not cond: failedAssertImpl(assertionText(instantiationInfo(-1, fullPaths = true), astToStr(cond), msg))

template onFailedAssert*(msg, code: untyped): untyped {.dirty.} =
  ## What assertions of this scope do when they fail.
  template failedAssertImpl(msgImpl: string): untyped {.dirty.} =
    let msg = msgImpl
    code

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
  except:
    expectedRaise(astToStr(exception), astToStr(code), "raised '" & $getCurrentException().name & "'")
  if nothingRaised:
    expectedRaise(astToStr(exception), astToStr(code), "nothing was raised")

{.pop.}
