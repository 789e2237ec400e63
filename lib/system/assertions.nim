# Assertions. What they raise has the place, the condition's text and the message, as Nim shows them.

{.push stackTrace: off.}

proc raiseAssert*(msg: string) {.noreturn.} =
  ## Raises an AssertionDefect.
  raise (ref AssertionDefect)(msg: msg)

proc assertionText(where: tuple[filename: string, line: int, column: int], condition, msg: string): string =
  where.filename & "(" & $where.line & ", " & $(where.column + 1) & ") `" & condition & "` " & msg

proc assertionFailed(where: tuple[filename: string, line: int, column: int], condition, msg: string) {.noreturn.} =
  raiseAssert(assertionText(where, condition, msg))

template failAssertion(cond, msg: untyped) =
  ## What a failed assertion does. The text is made out of line: only a scope that has a `failedAssertImpl` of its own
  ## (`onFailedAssert` declares it) pays for it in each of its assertions. `system` itself exports none.
  mixin failedAssertImpl
  when declared(failedAssertImpl):
    failedAssertImpl(assertionText(instantiationInfo(-2, fullPaths = true), astToStr(cond), msg))
  else:
    assertionFailed(instantiationInfo(-2, fullPaths = true), astToStr(cond), msg)

template assert*(cond: untyped, msg = "") =
  ## Raises an AssertionDefect unless `cond` holds. Nothing is evaluated with `--assertions:off`.
  when compileOption("assertions"):
    if not cond: failAssertion(cond, msg)

template doAssert*(cond: untyped, msg = "") =
  ## As `assert`, whatever the switches say.
  if not cond: failAssertion(cond, msg)

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
